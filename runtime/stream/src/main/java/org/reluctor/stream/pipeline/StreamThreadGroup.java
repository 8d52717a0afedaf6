package org.reluctor.stream.pipeline;

/**
 * The group of the stream's threads, and of those that the client library starts from them. The library's receiver dies
 * of an exception when its client is discarded under it, which is what we do with every lost connection: nobody needs
 * to read that.
 */
final class StreamThreadGroup extends ThreadGroup {
    static final StreamThreadGroup INSTANCE = new StreamThreadGroup();
    private static final String LIBRARY_THREADS = "MQTT ";

    private StreamThreadGroup() {
        super("reluctor-stream");
    }

    @Override
    public void uncaughtException(Thread thread, Throwable cause) {
        // Where the connection was not discarded, its keep-alive notices that nobody reads it.
        if (!thread.getName().startsWith(LIBRARY_THREADS)) {
            super.uncaughtException(thread, cause);
        }
    }
}
