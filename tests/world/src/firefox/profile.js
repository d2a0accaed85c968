// What Gecko's profiler saw, as Chromium's trace has it: calls into scripts and the style they had worked out, in
// microseconds. The profiler looks once in a millisecond, so a call is a row of looks with the same script in it.
(profile) => {
  const calls = [];
  const look = (thread, unit) => {
    const { samples, stackTable, frameTable, stringTable } = thread;
    const [prefix, frame] = [stackTable.schema.prefix, stackTable.schema.frame];
    const place = (stack) => stringTable[frameTable.data[stackTable.data[stack][frame]][frameTable.schema.location]];
    const seen = (stack) => {
      let [url, styled] = ["", false];
      for (let at = stack; at !== null && at !== undefined; at = stackTable.data[at][prefix]) {
        const script = /moz-extension:[^ )]*/.exec(place(at));
        if (script) url = script[0];
        else if (!url && /Reflow|[Ss]tyle|Layout/.test(place(at))) styled = true;
      }
      return [url, styled];
    };
    const { time, stack, threadCPUDelta: used } = samples.schema;
    let [open, before] = [null, 0];
    for (const sample of samples.data) {
      const [url, styled] = seen(sample[stack]);
      const now = Math.round(sample[time] * 1000);
      const since = { pid: thread.pid, tid: thread.tid, ts: before, dur: now - before, tdur: (sample[used] ?? 0) / unit };
      before = now;
      if (open?.args.data.url !== url) open = null;
      if (!url) continue;
      if (!open) calls.push((open = { ...since, name: "FunctionCall", dur: 0, tdur: 0, args: { data: { url } } }));
      open.dur += since.dur;
      open.tdur += since.tdur;
      if (styled) calls.push({ ...since, name: "Layout" });
    }
  };
  const walk = (process) => {
    const unit = { ns: 1000, "µs": 1 }[profile.meta.sampleUnits?.threadCPUDelta];
    if (!unit) throw new Error(`the thread's own clock counts in ${profile.meta.sampleUnits?.threadCPUDelta}`);
    for (const thread of process.threads) look(thread, unit);
    process.processes.forEach(walk);
  };
  walk(profile);
  // Nothing tells one task from the next: each call counts as one.
  return calls.flatMap((call) => (call.name === "FunctionCall" ? [call, { ...call, name: "RunTask" }] : [call]));
}
