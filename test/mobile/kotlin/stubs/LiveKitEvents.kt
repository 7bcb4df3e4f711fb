package io.livekit.android.events

import io.livekit.android.room.participant.Participant

enum class DisconnectReason { UNKNOWN_REASON, DUPLICATE_IDENTITY }

interface EventListenable<out T>

suspend fun <T> EventListenable<T>.collect(action: suspend (T) -> Unit): Nothing = TODO("$action")

sealed class RoomEvent {
    class Disconnected(val reason: DisconnectReason) : RoomEvent()

    class TrackMuted(val participant: Participant) : RoomEvent()

    class TrackSubscribed : RoomEvent()

    class TrackUnpublished : RoomEvent()

    class ParticipantPermissionsChanged : RoomEvent()

    class Reconnecting : RoomEvent()
}
