package io.livekit.android.room.participant

import io.livekit.android.room.track.TrackPublication

class ParticipantPermission(val canPublish: Boolean)

abstract class Participant {
    class Identity(val value: String)

    abstract val permissions: ParticipantPermission?
    abstract val trackPublications: Map<String, TrackPublication>
}

abstract class LocalParticipant : Participant() {
    abstract suspend fun setMicrophoneEnabled(enabled: Boolean): Boolean
}

abstract class RemoteParticipant : Participant()
