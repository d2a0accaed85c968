// Runs in a frame of the practice portal: does something to a control by the portal's own name of it.
(control, what, text) => {
  const visible = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility === "visible";
  const element = [...document.querySelectorAll("*")].find((e) => e.__truth === control && visible(e));
  // What is folded into a menu is there, and out of the hand's reach.
  const isFolded = (e) => e.__folds?.includes(control) && visible(e);
  if (!element) return what === "look" && [...document.querySelectorAll("*")].some(isFolded);
  if (what === "press") {
    element.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, cancelable: true }));
    element.click();
  }
  if (what === "type") {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(element, text);
    element.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  return true;
}
