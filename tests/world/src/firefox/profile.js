// What Gecko's profiler saw, as Chromium's trace has it: tasks, calls into scripts in them and the style they had worked
// out, in microseconds. It looks once in a millisecond and says how much of that the thread ran; and it notes to the
// microsecond when a task that runs script, and when working out style, begins and ends. Of a millisecond with a script in
// it, what lies in the task is that script's.
(profile) => {
  // What calls into scripts, and what working out style is called. Asking for a computed style is no such work by itself.
  const running = ["DOMEvent", "setTimeout callback", "requestAnimationFrame callbacks", "RefreshDriverTick"];
  const styling = ["Styles", "Reflow (sync)"];
  const [whole, begins] = [1, 2];
  const calls = [];
  // The stretches that markers of these names note, in order; what is inside another of them is part of it.
  const stretches = ({ markers, stringTable }, names) => {
    const { name, startTime, endTime, phase, data } = markers.schema;
    const [open, found, outer] = [new Map(), [], []];
    for (const marker of markers.data) {
      const label = stringTable[marker[name]];
      if (!names.includes(label)) continue;
      const key = label + marker[data]?.eventType;
      if (!open.has(key)) open.set(key, []);
      if (marker[phase] === begins) open.get(key).push(marker[startTime]);
      // Of several that are open the last one ends; one that was open before the profile began is not known of.
      const from = marker[phase] === whole ? marker[startTime] : marker[phase] === begins ? undefined : open.get(key).pop();
      if (from !== undefined) found.push({ from, to: marker[endTime] });
    }
    found.sort((a, b) => a.from - b.from || b.to - a.to);
    for (const one of found) if (!(one.to <= outer.at(-1)?.to)) outer.push(one);
    return outer;
  };
  const look = (thread, unit) => {
    const { samples, stackTable, frameTable, stringTable } = thread;
    const [prefix, frame] = [stackTable.schema.prefix, stackTable.schema.frame];
    const place = (stack) => stringTable[frameTable.data[stackTable.data[stack][frame]][frameTable.schema.location]];
    const scriptOf = (stack) => {
      for (let at = stack; at !== null && at !== undefined; at = stackTable.data[at][prefix]) {
        const script = /moz-extension:\/\/[^ ):]*/.exec(place(at));
        if (script) return script[0];
      }
      return "";
    };
    const event = (name, from, to, args) => {
      const ts = Math.round(from * 1000);
      calls.push({ name, pid: thread.pid, tid: thread.tid, ts, dur: Math.round(to * 1000) - ts, tdur: 0, args });
      return calls.at(-1);
    };
    const [tasks, styles] = [stretches(thread, running), stretches(thread, styling)];
    const { time, stack, threadCPUDelta: used } = samples.schema;
    let [begun, before, call, task, style] = [0, "", null, 0, 0];
    const add = (within, url, from, to, share) => {
      if (call?.within !== within || call.url !== url) {
        event("RunTask", within.from, within.to);
        call = { within, url, event: event("FunctionCall", from, to, { data: { url } }) };
      }
      call.event.dur = Math.round(to * 1000) - call.event.ts;
      call.event.tdur += (to - from) * share;
      for (let n = style; styles[n]?.from < to; n += 1) {
        const [first, last] = [Math.max(styles[n].from, from), Math.min(styles[n].to, to)];
        if (first < last) event("Layout", first, last).tdur = (last - first) * share;
      }
    };
    for (const sample of samples.data) {
      const [now, url] = [sample[time], scriptOf(sample[stack])];
      // Microseconds of the thread's in a millisecond.
      const share = Math.min((sample[used] ?? 0) / unit / (now - begun), 1000);
      while (tasks[task]?.to <= begun) task += 1;
      while (styles[style]?.to <= begun) style += 1;
      let known = false;
      for (let n = task; tasks[n]?.from < now; n += 1) {
        const { from, to } = tasks[n];
        known ||= to >= now;
        // A task that ended since the last look went on as it was seen then.
        const script = to >= now ? url : from <= begun ? before : "";
        if (script) add(tasks[n], script, Math.max(begun, from), Math.min(now, to), share);
      }
      // In no task that is known of: one by itself.
      if (url && !known) add({ from: begun, to: now }, url, begun, now, share);
      [begun, before] = [now, url];
    }
  };
  const walk = (process) => {
    const unit = { ns: 1000, "µs": 1 }[profile.meta.sampleUnits?.threadCPUDelta];
    if (!unit) throw new Error(`the thread's own clock counts in ${profile.meta.sampleUnits?.threadCPUDelta}`);
    for (const thread of process.threads) look(thread, unit);
    process.processes.forEach(walk);
  };
  walk(profile);
  return calls;
}
