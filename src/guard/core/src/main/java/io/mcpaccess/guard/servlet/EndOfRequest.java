package io.mcpaccess.guard.servlet;

import io.mcpaccess.guard.Admission;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** Gives the caller's place back when the answer has ended, be it later than the server's own call. */
final class EndOfRequest implements AsyncListener {
    private final Admission admission;

    private EndOfRequest(Admission admission) {
        this.admission = admission;
    }

    /**
     * @param request that the server was called with
     * @param admission closed at once, or at the end of what the server does later
     */
    static void closes(HttpServletRequest request, Admission admission) {
        try {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new EndOfRequest(admission));
                return;
            }
        } catch (IllegalStateException endedMeanwhile) {
            // Closed below.
        }
        admission.close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        admission.close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // The end follows.
    }

    @Override
    public void onError(AsyncEvent event) {
        // The end follows.
    }

    /** A server that starts anew has no listeners any more (Servlet 6.0, AsyncListener). */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
