package io.mcpaccess.registry.impact;

/** Hears how far a calculation is; called some hundred times at the most. */
@FunctionalInterface
public interface ImpactProgress {

    /** Nobody listens. */
    ImpactProgress NONE = percent -> {};

    /**
     * A part is done.
     *
     * @param percent 0 to 100
     * @throws java.util.concurrent.CancellationException when nobody waits for the answer any more; ends the calculation
     */
    void reached(int percent);
}
