package io.socksgateway.core.config;

import java.util.Locale;

/** On what threads a plug-in runs. */
public enum PluginThreading {
    /** It never blocks. */
    EVENT_LOOP,
    /** It may block: each instance does one thing at a time. */
    WORKER,
    /** It may block, and many at a time are cheap; needs Java 21. */
    VIRTUAL_THREAD;

    /** The first Java that has virtual threads. */
    public static final int VIRTUAL_THREADS_SINCE = 21;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The word in the configuration. */
    @Override
    public String toString() {
        return text;
    }
}
