// A fault, a trap or an exception thrown through it, leaves the agent as it stands: nothing of it is dropped. Therefore
// every call into it comes through here, and the first fault has it taken off the page.
export const guarded = (call, fell) => (value) => {
  try {
    call(value);
  } catch {
    try {
      fell();
    } catch {
      for (const host of document.querySelectorAll("hand-rail")) host.remove();
    }
  }
};
