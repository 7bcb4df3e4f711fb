import { AmbientError } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";

interface Microphone {
  readonly id: string;
  readonly label: string;
}

/**
 * The microphones of this device. Browsers name none until the person has allowed the use of one, and do not report that
 * moment: pass what changes with it.
 */
export function useMicrophones(change: unknown): readonly Microphone[] {
  const [microphones, setMicrophones] = useState<readonly Microphone[]>([]);
  useEffect(() => {
    // TypeScript assumes that they exist; a page without HTTPS lacks them.
    if (!Reflect.has(navigator, "mediaDevices")) return undefined;
    let isOver = false;
    const look = async () => {
      const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
      if (isOver) return;
      const named = devices.filter(({ kind, label }) => kind === "audioinput" && label !== "");
      setMicrophones(named.map(({ deviceId, label }) => ({ id: deviceId, label })));
    };
    void look();
    const changed = () => void look();
    navigator.mediaDevices.addEventListener("devicechange", changed);
    return () => {
      isOver = true;
      navigator.mediaDevices.removeEventListener("devicechange", changed);
    };
  }, [change]);
  return microphones;
}

/** A microphone that only this page hears. */
export interface TestedMicrophone {
  readonly id: string | undefined;
  /** How loud it is now, from 0 to 1. */
  level(): number;
  close(): void;
}

/** Opens a microphone for a test. If it is missing, the browser chooses another one. */
export async function openMicrophone(id: string | undefined): Promise<TestedMicrophone> {
  const stream = await streamOf(id);
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    id: stream.getAudioTracks()[0]?.getSettings().deviceId,
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return Math.min(1, Math.sqrt(power));
    },
    close: () => {
      for (const track of stream.getTracks()) track.stop();
      void context.close();
    },
  };
}

async function streamOf(id: string | undefined): Promise<MediaStream> {
  try {
    const audio = id === undefined ? true : { deviceId: id };
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    const isRefused = error instanceof DOMException && error.name === "NotAllowedError";
    throw new AmbientError(isRefused ? "MICROPHONE_REFUSED" : "MICROPHONE_MISSING", {
      cause: error,
    });
  }
}
