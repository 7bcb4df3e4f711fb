import { field, stringField } from "../json.js";
import { observable, type Observable } from "../observe/observable.js";
import { createSource, type Source } from "../observe/source.js";

/**
 * A microphone of this device.
 *
 * @example
 * ```ts
 * const optionOf = ({ id, label }: MicrophoneDevice) => [id, label];
 * ```
 */
export interface MicrophoneDevice {
  readonly id: string;
  readonly label: string;
}

interface Media {
  enumerateDevices(): Promise<Iterable<unknown>>;
  addEventListener?(event: "devicechange", listener: () => void): void;
  removeEventListener?(event: "devicechange", listener: () => void): void;
}

function isMedia(value: unknown): value is Media {
  return typeof field(value, "enumerateDevices") === "function";
}

/** What the platform offers as `navigator.mediaDevices`; undefined where it has none. */
export function deviceMedia(): unknown {
  return field(Reflect.get(globalThis, "navigator"), "mediaDevices");
}

/**
 * The microphones that are plugged in. Browsers name none before the person has allowed the use of one, and do not report
 * that moment: `changes` does.
 */
export function microphonesOf(
  media: unknown,
  changes: Source<unknown>,
): Observable<readonly MicrophoneDevice[]> {
  const source = createSource<readonly MicrophoneDevice[]>((next) => {
    if (!isMedia(media)) {
      next([]);
      return () => undefined;
    }
    const look = () => {
      media.enumerateDevices().then(
        (devices) => {
          next([...devices].flatMap(microphoneOf));
        },
        () => {
          next([]);
        },
      );
    };
    media.addEventListener?.("devicechange", look);
    const stop = changes.subscribe(look, () => undefined);
    return () => {
      stop();
      media.removeEventListener?.("devicechange", look);
    };
  });
  return observable(source, () => undefined);
}

function microphoneOf(device: unknown): readonly MicrophoneDevice[] {
  const id = stringField(device, "deviceId") ?? "";
  const label = stringField(device, "label") ?? "";
  return stringField(device, "kind") === "audioinput" && id !== "" && label !== ""
    ? [{ id, label }]
    : [];
}
