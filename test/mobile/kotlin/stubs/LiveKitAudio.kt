package io.livekit.android.audio

import android.content.Context

interface AudioHandler

class AudioSwitchHandler(val context: Context) : AudioHandler {
    var manageAudioFocus: Boolean = true
}
