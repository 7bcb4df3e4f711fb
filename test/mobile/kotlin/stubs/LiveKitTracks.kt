package io.livekit.android.room.track

abstract class Track

abstract class RemoteAudioTrack : Track() {
    abstract fun setVolume(volume: Double)
}

abstract class TrackPublication {
    abstract val track: Track?
}

sealed class TrackException : Exception() {
    class PublishException : TrackException()
}
