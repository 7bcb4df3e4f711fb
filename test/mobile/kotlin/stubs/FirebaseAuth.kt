package com.google.firebase.auth

import com.google.android.gms.tasks.Task
import com.google.firebase.FirebaseApp

interface AuthResult

abstract class FirebaseUser {
    abstract val uid: String
}

abstract class FirebaseAuth {
    abstract val currentUser: FirebaseUser?

    abstract fun useEmulator(host: String, port: Int)

    abstract fun signInWithCustomToken(token: String): Task<AuthResult>

    companion object {
        fun getInstance(app: FirebaseApp): FirebaseAuth = TODO("$app")
    }
}
