import { CryptoDigestAlgorithm, digest, getRandomValues, randomUUID } from "expo-crypto";
import { fillCrypto } from "./fillCrypto";

fillCrypto(globalThis, {
  getRandomValues,
  randomUUID,
  subtle: {
    digest: (_name: string, data: BufferSource) => digest(CryptoDigestAlgorithm.SHA256, data),
  },
});
