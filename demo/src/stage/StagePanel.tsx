import type { Participant } from "@ambient/client";
import type { Voice } from "@ambient/client/audio";
import { useObservable } from "@ambient/react";
import { useRef } from "preact/hooks";
import { useChoosePerson } from "../audience/choosePerson.js";
import { useLiveShow } from "../show/ShowContext.js";
import { SoundButton } from "../sound/SoundButton.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { useRovingFocus } from "../ui/useRovingFocus.js";
import { MyPlace } from "./MyPlace.js";
import { PersonTile } from "./PersonTile.js";
import { words } from "../words/words.js";

const order: Readonly<Record<Participant["role"], number>> = {
  creator: 0,
  cohost: 1,
  speaker: 2,
  listener: 3,
  unknown: 4,
};

/** The people on the stage. */
export function StagePanel() {
  const { show, audio } = useLiveShow();
  const people = useObservable(show.stage.people);
  const voices = useObservable(audio.voices).value;
  const microphonesOn = useObservable(audio.microphonesOn).value;
  const connection = useObservable(audio.connection).value;
  const playback = useObservable(show.music.playback).value;
  // Microphones matter only in talk mode, and are known only while connected.
  const isTalk = connection === "connected" && playback?.mode !== "music";
  const choosePerson = useChoosePerson();
  const tiles = useRef<HTMLUListElement>(null);
  useRovingFocus(tiles);
  return (
    <section class="panel panel-stage card" aria-labelledby="stage">
      <div class="stage-head">
        <h2 id="stage">{words.stage.title}</h2>
        <SoundButton />
      </div>
      {people.kind === "loading" && <Skeleton rows={2} />}
      {people.kind === "failed" && <Refused error={people.error} />}
      <ul class="stage" ref={tiles}>
        {(people.value ?? [])
          .toSorted((one, other) => order[one.role] - order[other.role])
          .map((person) => (
            <li key={person.uid}>
              <PersonTile
                person={person}
                isMe={person.uid === show.uid}
                level={levelOf(voices, person.uid)}
                isMuted={isTalk && !microphonesOn.includes(person.uid)}
                onChoose={() => {
                  choosePerson(person.uid);
                }}
              />
            </li>
          ))}
      </ul>
      <MyPlace />
    </section>
  );
}

function levelOf(voices: readonly Voice[], uid: string): number {
  return voices.find((voice) => voice.uid === uid)?.level ?? 0;
}
