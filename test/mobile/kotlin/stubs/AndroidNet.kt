package android.net

abstract class Uri {
    abstract fun buildUpon(): Builder

    abstract fun getQueryParameter(key: String): String?

    interface Builder {
        fun appendQueryParameter(key: String, value: String): Builder

        fun build(): Uri
    }

    companion object {
        fun parse(text: String): Uri = TODO(text)
    }
}
