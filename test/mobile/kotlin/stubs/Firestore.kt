package com.google.firebase.firestore

import com.google.android.gms.tasks.Task
import com.google.firebase.FirebaseApp

open class FirebaseFirestoreException : Exception()

fun interface EventListener<T> {
    fun onEvent(value: T?, error: FirebaseFirestoreException?)
}

fun interface ListenerRegistration {
    fun remove()
}

class SetOptions {
    companion object {
        fun merge(): SetOptions = TODO()
    }
}

abstract class FieldValue {
    companion object {
        fun serverTimestamp(): FieldValue = TODO()
    }
}

abstract class DocumentSnapshot {
    abstract val data: Map<String, Any>?

    abstract fun get(field: String): Any?
}

abstract class QuerySnapshot {
    abstract val documents: List<DocumentSnapshot>
}

abstract class DocumentReference {
    abstract val id: String

    abstract fun set(data: Any, options: SetOptions): Task<Void>

    abstract fun addSnapshotListener(listener: EventListener<DocumentSnapshot>): ListenerRegistration
}

abstract class Query {
    enum class Direction { ASCENDING, DESCENDING }

    abstract fun whereEqualTo(field: String, value: Any?): Query

    abstract fun orderBy(field: String, direction: Direction): Query

    abstract fun limit(count: Long): Query

    abstract fun addSnapshotListener(listener: EventListener<QuerySnapshot>): ListenerRegistration
}

abstract class CollectionReference : Query() {
    abstract fun document(): DocumentReference
}

abstract class Transaction {
    fun interface Function<T> {
        fun apply(transaction: Transaction): T
    }

    abstract fun get(document: DocumentReference): DocumentSnapshot

    abstract fun set(document: DocumentReference, data: Any): Transaction

    abstract fun set(document: DocumentReference, data: Any, options: SetOptions): Transaction
}

abstract class FirebaseFirestore {
    abstract fun useEmulator(host: String, port: Int)

    abstract fun document(path: String): DocumentReference

    abstract fun collection(path: String): CollectionReference

    abstract fun <T> runTransaction(update: Transaction.Function<T>): Task<T>

    companion object {
        fun getInstance(app: FirebaseApp): FirebaseFirestore = TODO("$app")
    }
}
