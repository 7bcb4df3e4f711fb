package io.livekit.android.util

import kotlin.reflect.KProperty0
import kotlinx.coroutines.flow.StateFlow

val <T> KProperty0<T>.flow: StateFlow<T>
    get() = TODO("$this")
