/** A certificate file as text: PEM as it is, DER in base64. */
export async function certificateText(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  return text.startsWith("-----") ? text : btoa(String.fromCharCode(...bytes));
}
