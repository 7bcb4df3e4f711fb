import { initializeApp } from "firebase-admin/app";
import { getFirestore } from "firebase-admin/firestore";
import { systemClock } from "../src/clock.js";
import { spotifyCredentialKeys } from "../src/config.js";
import { tokenCipher } from "../src/spotify/cipher.js";
import { reencryptCredentials } from "../src/spotify/reencryptCredentials.js";

/**
 * Encrypts the stored Spotify grants with the keyring's primary key. Run it after a rotation, with the keyring in
 * SPOTIFY_CREDENTIAL_KEYS, the project in GOOGLE_CLOUD_PROJECT and Google's application default credentials.
 * https://cloud.google.com/docs/authentication/application-default-credentials
 */
const cipher = tokenCipher(spotifyCredentialKeys.value());
const firestore = getFirestore(initializeApp());
console.log(`encrypting with key ${cipher.keyVersion}`);
const { current, rewritten, busy } = await reencryptCredentials(
  { firestore, cipher, clock: systemClock },
  (soFar) => {
    console.log(`${soFar.rewritten} re-encrypted, ${soFar.current} already current`);
  },
);
if (busy > 0) {
  console.error(`${busy} are being refreshed at the moment: run this again in a minute.`);
  process.exit(1);
}
console.log(
  `All ${current + rewritten} grants use key ${cipher.keyVersion}. The other keys can be deleted.`,
);
process.exit();
