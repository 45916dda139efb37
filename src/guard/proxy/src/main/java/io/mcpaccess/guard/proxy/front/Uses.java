package io.mcpaccess.guard.proxy.front;

/**
 * Requests to one guarded server that are under way, streams among them. When the server is replaced, what it holds is given
 * back behind the last of them. Event loops share it.
 */
public final class Uses {
    private int underWay;
    private boolean isReplaced;
    private Runnable afterLast = () -> {};

    /**
     * @return whether another may begin; false once the last has ended
     */
    synchronized boolean begin() {
        if (isReplaced && underWay == 0) {
            return false;
        }
        underWay++;
        return true;
    }

    void end() {
        boolean isLast;
        synchronized (this) {
            isLast = --underWay == 0 && isReplaced;
        }
        if (isLast) {
            afterLast.run();
        }
    }

    /**
     * Nobody finds the server any more.
     *
     * @param task runs once, when none is under way any more: at once where none is
     */
    public void replaced(Runnable task) {
        boolean none;
        synchronized (this) {
            isReplaced = true;
            afterLast = task;
            none = underWay == 0;
        }
        if (none) {
            task.run();
        }
    }
}
