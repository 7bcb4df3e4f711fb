import type { Dependencies } from "./dependencies.js";
import type { AudioRooms } from "./ports/audioRooms.js";
import type { Payments } from "./ports/payments.js";
import type { AuthAccounts } from "./ports/authAccounts.js";
import type { PushSender } from "./ports/pushSender.js";
import type { SpotifyCatalog } from "./ports/spotifyCatalog.js";
import type { SpotifyGateway } from "./ports/spotifyGateway.js";
import type { TaskQueue } from "./tasks/taskQueue.js";

/*
 * Ports whose libraries are loaded when the first of their methods is called. Most calls of a function
 * need none of them, and loading them all would double a cold start.
 */

type Load<Port> = () => Promise<Port>;

/** Loads and makes a port once. A failure is not kept: the next call tries again. */
export function once<Port>(make: Load<Port>): Load<Port> {
  let making: Promise<Port> | undefined;
  return () =>
    (making ??= make().catch((error: unknown) => {
      making = undefined;
      throw error;
    }));
}

export function lazyAccounts(load: Load<AuthAccounts>): AuthAccounts {
  return {
    upsert: async (...args) => (await load()).upsert(...args),
    isDisabled: async (...args) => (await load()).isDisabled(...args),
    customToken: async (...args) => (await load()).customToken(...args),
    disable: async (...args) => (await load()).disable(...args),
    enable: async (...args) => (await load()).enable(...args),
    delete: async (...args) => (await load()).delete(...args),
    isAdmin: async (...args) => (await load()).isAdmin(...args),
    isFormerAdmin: async (...args) => (await load()).isFormerAdmin(...args),
    setAdmin: async (...args) => (await load()).setAdmin(...args),
  };
}

export function lazySpotify(load: Load<SpotifyGateway>): SpotifyGateway {
  return {
    exchangeCode: async (...args) => (await load()).exchangeCode(...args),
    refreshAccessToken: async (...args) => (await load()).refreshAccessToken(...args),
    getProfile: async (...args) => (await load()).getProfile(...args),
  };
}

export function lazyCatalog(load: Load<SpotifyCatalog>): SpotifyCatalog {
  return {
    listPlaylists: async (...args) => (await load()).listPlaylists(...args),
    getPlaylist: async (...args) => (await load()).getPlaylist(...args),
    readPlaylist: async (...args) => (await load()).readPlaylist(...args),
    searchTracks: async (...args) => (await load()).searchTracks(...args),
    getTrack: async (...args) => (await load()).getTrack(...args),
  };
}

export function lazyPush(load: Load<PushSender>): PushSender {
  return { send: async (...args) => (await load()).send(...args) };
}

/** Signing a token needs far less than calling LiveKit's server: `loadAccess` loads only that. */
export function lazyRooms(
  load: Load<AudioRooms>,
  loadAccess: Load<Pick<AudioRooms, "access">>,
): AudioRooms {
  return {
    open: async (...args) => (await load()).open(...args),
    close: async (...args) => (await load()).close(...args),
    list: async (...args) => (await load()).list(...args),
    look: async (...args) => (await load()).look(...args),
    find: async (...args) => (await load()).find(...args),
    permit: async (...args) => (await load()).permit(...args),
    remove: async (...args) => (await load()).remove(...args),
    mute: async (...args) => (await load()).mute(...args),
    access: async (...args) => (await loadAccess()).access(...args),
  };
}

export function lazyRoomEvents(load: Load<Dependencies["roomEvents"]>): Dependencies["roomEvents"] {
  return async (...args) => (await load())(...args);
}

export function lazyPayments(load: Load<Payments>): Payments {
  return {
    createAccount: async (...args) => (await load()).createAccount(...args),
    readAccount: async (...args) => (await load()).readAccount(...args),
    onboardingUrl: async (...args) => (await load()).onboardingUrl(...args),
    dashboardUrl: async (...args) => (await load()).dashboardUrl(...args),
    openCheckout: async (...args) => (await load()).openCheckout(...args),
    readCheckout: async (...args) => (await load()).readCheckout(...args),
    refund: async (...args) => (await load()).refund(...args),
    supportIdOf: async (...args) => (await load()).supportIdOf(...args),
  };
}

export function lazyPaymentEvents(
  load: Load<Dependencies["paymentEvents"]>,
): Dependencies["paymentEvents"] {
  return async (...args) => (await load())(...args);
}

export function lazyQueue<Payload>(load: Load<TaskQueue<Payload>>): TaskQueue<Payload> {
  return { enqueue: async (...args) => (await load()).enqueue(...args) };
}
