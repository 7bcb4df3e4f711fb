package com.google.firebase.functions

import com.google.android.gms.tasks.Task
import com.google.firebase.FirebaseApp

abstract class FirebaseFunctionsException : Exception() {
    abstract val details: Any?
}

abstract class HttpsCallableResult {
    abstract fun getData(): Any?
}

abstract class HttpsCallableReference {
    abstract fun call(data: Any?): Task<HttpsCallableResult>
}

abstract class FirebaseFunctions {
    abstract fun useEmulator(host: String, port: Int)

    abstract fun getHttpsCallable(name: String): HttpsCallableReference

    companion object {
        fun getInstance(app: FirebaseApp, region: String): FirebaseFunctions = TODO("$app $region")
    }
}
