package io.livekit.android

import android.content.Context
import io.livekit.android.audio.AudioHandler
import io.livekit.android.room.Room

class AudioOptions(val audioHandler: AudioHandler? = null)

class LiveKitOverrides(val audioOptions: AudioOptions? = null)

object LiveKit {
    fun create(context: Context, overrides: LiveKitOverrides = LiveKitOverrides()): Room =
        TODO("$context $overrides")
}
