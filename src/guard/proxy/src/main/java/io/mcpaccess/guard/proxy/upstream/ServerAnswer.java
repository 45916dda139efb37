package io.mcpaccess.guard.proxy.upstream;

import io.vertx.core.buffer.Buffer;

/** The body of a server's answer on its way to the client. */
interface ServerAnswer {
    /** The head of the answer has come. */
    void begin();

    /**
     * @param part of the body
     * @return whether more may come at once; else {@link #onFree} says when
     */
    boolean take(Buffer part);

    /** Says when more may come. */
    void onFree(Runnable task);

    /** The body is whole; the client's answer ends with it, now or a little later. */
    void end();

    /** The answer was given up. */
    void close();
}
