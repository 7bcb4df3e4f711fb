import { CryptoDigestAlgorithm, digest, getRandomValues } from "expo-crypto";

/** The part of Web Crypto that `authorizeSpotify` uses and React Native lacks. */
export function provideCrypto(): void {
  if ("crypto" in globalThis) return;
  Object.defineProperty(globalThis, "crypto", {
    value: {
      getRandomValues,
      subtle: {
        digest: (_name: string, data: BufferSource) => digest(CryptoDigestAlgorithm.SHA256, data),
      },
    },
  });
}
