// Fluent would fetch its web fonts from Microsoft; the practice portal talks to nobody.
(window as unknown as { FabricConfig: object }).FabricConfig = { fontBaseUrl: "" };
export {};
