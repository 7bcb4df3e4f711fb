// The client package in a page, with a tone as its microphone and a meter on what it really plays.
import { createAmbient } from "@ambient/client";
import { connectAudio } from "@ambient/client/audio";
import { initializeApp } from "firebase/app";
import { connectAuthEmulator, getAuth } from "firebase/auth";
import {
  connectFirestoreEmulator,
  initializeFirestore,
  persistentLocalCache,
  persistentMultipleTabManager,
} from "firebase/firestore";
import { connectFunctionsEmulator, getFunctions } from "firebase/functions";

// A person would hear anything above this.
const AUDIBLE_RMS = 0.01;

const context = new AudioContext();
const played = new Map();

// The package attaches voices to its own elements, so measure what those elements play.
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  if (this.srcObject && !played.has(this)) {
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(this.srcObject).connect(analyser);
    played.set(this, analyser);
  }
  return play.call(this);
};

navigator.mediaDevices.getUserMedia = () => {
  if (globalThis.client.microphoneIsRefused) {
    return Promise.reject(new DOMException("no", "NotAllowedError"));
  }
  const oscillator = context.createOscillator();
  const output = context.createMediaStreamDestination();
  oscillator.connect(output);
  oscillator.start();
  return Promise.resolve(output.stream);
};

const samples = new Float32Array(1024);
function rms([element, analyser]) {
  // A stream that was detached from its element is no longer audible.
  if (!element.srcObject) return 0;
  analyser.getFloatTimeDomainData(samples);
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

// Firestore's own notes, which name nobody.
const notes = ["clientMetadata", "owner", "targetGlobal"];

async function isFilled(name) {
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    // It has just been deleted, and must not come back.
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => resolve(undefined);
    opening.onblocked = reject;
  });
  if (!database) return false;
  const stores = [...database.objectStoreNames].filter((store) => !notes.includes(store));
  const counts = await Promise.all(
    stores.map(
      (store) =>
        new Promise((resolve, reject) => {
          const counting = database.transaction(store).objectStore(store).count();
          counting.onsuccess = () => resolve(counting.result);
          counting.onerror = reject;
        }),
    ),
  );
  database.close();
  return counts.some((count) => count > 0);
}

globalThis.client = {
  microphoneIsRefused: false,
  open({ projectId, region, auth, firestore, functions }) {
    const app = initializeApp({ projectId, apiKey: "local", appId: "local" });
    const address = (text) => [text.split(":")[0], Number(text.split(":")[1])];
    connectAuthEmulator(getAuth(app), `http://${auth}`, { disableWarnings: true });
    const callables = getFunctions(app, region);
    connectFunctionsEmulator(callables, ...address(functions));
    this.ambient = createAmbient({
      app,
      functions: callables,
      openFirestore() {
        const tabManager = persistentMultipleTabManager();
        const db = initializeFirestore(app, { localCache: persistentLocalCache({ tabManager }) });
        connectFirestoreEmulator(db, ...address(firestore));
        return db;
      },
      serverTimeUrl: `http://${functions}/${projectId}/${region}/serverTime`,
      callTimeoutMs: 120_000,
    });
  },
  async signIn(request) {
    await context.resume();
    return (await this.ambient.account.signIn(request)).uid;
  },
  // Subscribes before the previous session is restored.
  early: "nothing",
  subscribeEarly() {
    this.ambient.account.details.subscribe(
      () => (this.early = "delivered"),
      ({ reason }) => (this.early = reason),
    );
  },
  signOut: () => globalThis.client.ambient.account.signOut(),
  // Firestore's databases on the device with anything in them. Where two tabs clear the same one, Firestore's client may
  // leave an empty one behind.
  async caches() {
    const databases = (await indexedDB.databases()).filter(({ name }) =>
      name.startsWith("firestore/"),
    );
    const filled = await Promise.all(
      databases.map(async ({ name }) => (await isFilled(name)) && name),
    );
    return filled.filter((name) => name !== false);
  },
  create: (title) => globalThis.client.ambient.shows.create({ title }),
  async enter(how, showId) {
    this.show = await this.ambient[how](showId);
    this.audio = connectAudio(this.show);
  },
  state() {
    const { audio, early, show } = this;
    return {
      early,
      sound: audio.connection.current,
      microphone: audio.microphone.current,
      network: show.connection.current,
      presence: show.presence.current.kind,
      voices: audio.voices.current.map(({ uid }) => uid),
      microphonesOn: audio.microphonesOn.current.toSorted().join(" "),
      isHeard: [...played].some((heard) => rms(heard) > AUDIBLE_RMS),
    };
  },
  do(part, operation, ...args) {
    return (part === "show" ? this.show : (this.show[part] ?? this.audio))[operation](...args);
  },
};
