package com.google.android.gms.tasks

abstract class Task<T>
