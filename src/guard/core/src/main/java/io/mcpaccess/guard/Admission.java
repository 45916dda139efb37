package io.mcpaccess.guard;

import io.mcpaccess.guard.GuardDecision.Refused;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What the guard says to a request before its body is read: a body is only worth reading when its sender may be here.
 * Whoever holds one closes it when the answer to the client has ended, as it holds one of the caller's slots until then.
 */
public final class Admission implements AutoCloseable {
    private final Optional<Refused> refusal;
    private final Optional<Caller> caller;
    private final ConcurrencyLimit.Slot slot;
    private final Function<byte[], CompletableFuture<GuardDecision>> decide;

    private Admission(
            Optional<Refused> refusal,
            Optional<Caller> caller,
            ConcurrencyLimit.Slot slot,
            Function<byte[], CompletableFuture<GuardDecision>> decide) {
        this.refusal = refusal;
        this.caller = caller;
        this.slot = slot;
        this.decide = decide;
    }

    static Admission refused(Refused refusal) {
        return new Admission(
                Optional.of(refusal), Optional.empty(), () -> {}, body -> CompletableFuture.completedFuture(refusal));
    }

    static Admission open(
            Caller caller, ConcurrencyLimit.Slot slot, Function<byte[], CompletableFuture<GuardDecision>> decide) {
        return new Admission(Optional.empty(), Optional.of(caller), slot, decide);
    }

    /** The same, whose decisions go through a step more; a failure becomes a decision. */
    Admission then(Function<Throwable, GuardDecision> recover, Function<GuardDecision, GuardDecision> step) {
        return refusal.isPresent()
                ? this
                : new Admission(
                        refusal,
                        caller,
                        slot,
                        body -> CompletableFuture.completedFuture(body)
                                .thenCompose(decide)
                                .exceptionally(recover)
                                .thenApply(step));
    }

    /**
     * @return the refusal, when the head of the request is enough for one
     */
    public Optional<Refused> refusal() {
        return refusal;
    }

    /**
     * @return who sends the request, as soon as that is known; empty with a refusal
     */
    public Optional<Caller> caller() {
        return caller;
    }

    /**
     * Decides about the message.
     *
     * @param body the whole body; empty for none
     * @return completes always normally, at once or on a thread of the HTTP client
     */
    public CompletableFuture<GuardDecision> decide(byte[] body) {
        return decide.apply(body);
    }

    @Override
    public void close() {
        slot.close();
    }
}
