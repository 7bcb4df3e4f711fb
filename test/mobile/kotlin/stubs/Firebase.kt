package com.google.firebase

import android.content.Context

class FirebaseApp {
    companion object {
        fun initializeApp(context: Context, options: FirebaseOptions, name: String): FirebaseApp =
            TODO("$context $options $name")
    }
}

class FirebaseOptions {
    class Builder {
        fun setProjectId(id: String): Builder = TODO(id)

        fun setApplicationId(id: String): Builder = TODO(id)

        fun setApiKey(key: String): Builder = TODO(key)

        fun build(): FirebaseOptions = TODO()
    }
}
