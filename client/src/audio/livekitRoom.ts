import type { RemoteTrack, RemoteTrackPublication } from "livekit-client";
import { field, numberField } from "../json.js";
import { LIVEKIT_LOG, warnInsteadOfErrors } from "./livekitLog.js";
import type { OpenVoiceRoom } from "./voiceRoom.js";

let isLoaded = false;

/** Loaded lazily, because LiveKit's client is large. */
async function loadLivekit() {
  const livekit = await import("livekit-client");
  if (!isLoaded) warnInsteadOfErrors(livekit.getLogger(LIVEKIT_LOG));
  isLoaded = true;
  return livekit;
}

export const openLivekitRoom: OpenVoiceRoom = async (events) => {
  const { DisconnectReason, RemoteAudioTrack, Room, RoomEvent, Track } = await loadLivekit();
  const room = new Room({
    loggerName: LIVEKIT_LOG,
    // Turns the device's microphone off while muted, so that its indicator goes out.
    publishDefaults: { stopMicTrackOnMute: true },
  });
  let isPlaying = false;
  let volume = 1;
  let isMicrophoneOn = false;

  const playOrNot = (track: RemoteTrack, publication: RemoteTrackPublication) => {
    if (track.kind !== Track.Kind.Audio) return;
    publication.setEnabled(isPlaying);
    if (track instanceof RemoteAudioTrack) track.setVolume(volume);
    // React Native plays enabled tracks by itself; a web page needs an audio element.
    if (!("document" in globalThis)) return;
    if (!isPlaying) track.detach();
    else if (track.attachedElements.length === 0) track.attach();
  };
  const playOrNotAll = () => {
    for (const { trackPublications } of room.remoteParticipants.values()) {
      for (const publication of trackPublications.values()) {
        if (publication.track) playOrNot(publication.track, publication);
      }
    }
  };
  const tellMicrophones = () => {
    const everybody = [room.localParticipant, ...room.remoteParticipants.values()];
    const on = everybody.filter(({ isMicrophoneEnabled: isOn }) => isOn);
    events.microphonesOn(on.map(({ identity }) => identity));
  };
  for (const event of [
    RoomEvent.Connected,
    RoomEvent.ParticipantConnected,
    RoomEvent.ParticipantDisconnected,
    RoomEvent.TrackPublished,
    RoomEvent.TrackUnpublished,
    RoomEvent.LocalTrackPublished,
    RoomEvent.LocalTrackUnpublished,
    RoomEvent.TrackMuted,
    RoomEvent.TrackUnmuted,
  ] as const) {
    room.on(event, tellMicrophones);
  }
  room
    .on(RoomEvent.TrackSubscribed, playOrNot)
    .on(RoomEvent.TrackUnsubscribed, (track) => {
      track.detach();
    })
    .on(RoomEvent.Disconnected, (reason) => {
      switch (reason) {
        case DisconnectReason.DUPLICATE_IDENTITY:
          events.disconnected("elsewhere");
          break;
        case DisconnectReason.PARTICIPANT_REMOVED:
          events.disconnected("removed");
          break;
        default:
          events.disconnected("lost");
      }
    })
    .on(RoomEvent.Reconnecting, () => {
      events.reconnecting(true);
    })
    .on(RoomEvent.Reconnected, () => {
      events.reconnecting(false);
    })
    .on(RoomEvent.ParticipantPermissionsChanged, (_before, participant) => {
      if (participant === room.localParticipant) events.canPublishChanged();
    })
    .on(RoomEvent.LocalTrackUnpublished, () => {
      events.canPublishChanged();
    })
    .on(RoomEvent.TrackMuted, (_publication, participant) => {
      // LiveKit also reports the app's own switching off, which `isMicrophoneOn` excludes.
      if (participant === room.localParticipant && isMicrophoneOn) events.muted();
    })
    .on(RoomEvent.ActiveSpeakersChanged, (speakers) => {
      events.speaking(
        speakers.map(({ identity, audioLevel }) => ({ uid: identity, level: audioLevel })),
      );
    })
    .on(RoomEvent.AudioPlaybackStatusChanged, () => {
      events.playbackAllowed(room.canPlaybackAudio);
    });
  return {
    connect: (url, token) => room.connect(url, token),
    get canPublish() {
      return room.localParticipant.permissions?.canPublish ?? false;
    },
    setPlaying(shallPlay) {
      isPlaying = shallPlay;
      playOrNotAll();
    },
    setVolume(now) {
      volume = now;
      playOrNotAll();
    },
    async setMicrophone(isOn) {
      isMicrophoneOn = isOn;
      await room.localParticipant.setMicrophoneEnabled(isOn);
    },
    async chooseMicrophone(id) {
      // Do not require exactly this one, because it may have been unplugged.
      await room.switchActiveDevice("audioinput", id, false);
    },
    async level() {
      const { localParticipant } = room;
      const { track } = localParticipant.getTrackPublication(Track.Source.Microphone) ?? {};
      // Firefox does not measure it, and the server's measurement arrives less often.
      return sourceLevel(await track?.getRTCStatsReport()) ?? localParticipant.audioLevel;
    },
    startPlayback: () => room.startAudio(),
    close: () => room.disconnect(),
  };
};

/** The level in a report of WebRTC's statistics, which every platform has in a collection of its own. */
function sourceLevel(report: unknown): number | undefined {
  const forEach = field(report, "forEach");
  let level: number | undefined;
  if (typeof forEach === "function") {
    Reflect.apply(forEach, report, [
      (stats: unknown) => {
        if (field(stats, "type") === "media-source") level ??= numberField(stats, "audioLevel");
      },
    ]);
  }
  return level;
}
