package io.livekit.android.room

import io.livekit.android.events.EventListenable
import io.livekit.android.events.RoomEvent
import io.livekit.android.room.participant.LocalParticipant
import io.livekit.android.room.participant.Participant
import io.livekit.android.room.participant.RemoteParticipant

abstract class Room {
    enum class State { CONNECTING, CONNECTED, DISCONNECTED, RECONNECTING }

    abstract val state: State
    abstract val events: EventListenable<RoomEvent>
    abstract val localParticipant: LocalParticipant
    abstract val remoteParticipants: Map<Participant.Identity, RemoteParticipant>

    abstract suspend fun connect(url: String, token: String)

    abstract fun release()
}
