// Class names of the shell. By scenario every one gets a random ending, as Microsoft's newer styles have it; the style
// sheet is rewritten alike.
let ending = "";

export function randomise(): void {
  ending = `-${Math.random().toString(36).slice(2, 7)}`;
}

export function c(names: string): string {
  if (!ending) return names.trim();
  return names
    .split(/\s+/)
    .filter(Boolean)
    .map((name) => name + ending)
    .join(" ");
}

export function styled(css: string): string {
  return ending ? css.replace(/\.((?:fxs|fxc|azc|ext|msportalfx)-[\w-]+)/g, `.$1${ending}`) : css;
}
