package io.mcpaccess.guard.proxy.upstream;

import io.mcpaccess.guard.ListFilter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What a caller may see of a server's messages. Reads what is long where no event loop waits for it. For one event loop. */
public final class VisibleMessages implements Function<String, CompletableFuture<Optional<String>>> {
    /** Reading a longer one takes so long that the event loop's other clients would notice. */
    private static final int LONG = 1 << 16;

    private final Vertx vertx;
    private final Optional<ListFilter> filter;

    /**
     * @param vertx the host
     * @param filter what messages go through; empty where they hold no list
     */
    public VisibleMessages(Vertx vertx, Optional<ListFilter> filter) {
        this.vertx = vertx;
        this.filter = filter;
    }

    /**
     * @param message of the server
     * @return what of it the caller may see; empty when it must be dropped. Completes on any thread
     */
    @Override
    public CompletableFuture<Optional<String>> apply(String message) {
        if (filter.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.of(message));
        }
        if (message.length() < LONG) {
            return filter.get().applyAsync(message);
        }
        Future<CompletableFuture<Optional<String>>> asked =
                vertx.executeBlocking(() -> filter.get().applyAsync(message), false);
        CompletionStage<CompletableFuture<Optional<String>>> stage = asked.toCompletionStage();
        return stage.thenCompose(answer -> answer).toCompletableFuture();
    }
}
