package io.mcpaccess.core.authzen;

import java.util.List;

/**
 * The body of an Access Evaluations request (AuthZEN 1.0, section 7).
 *
 * <p>A body without items is a single question: {@link Single}.
 */
public sealed interface EvaluationsRequest {

    /**
     * A body whose {@code evaluations} is absent or empty; it is answered like a single evaluation.
     *
     * @param request the question
     */
    record Single(EvaluationRequest request) implements EvaluationsRequest {}

    /**
     * A batch.
     *
     * @param items the items in the order of the request, at least one
     * @param semantic how far they are evaluated
     */
    record Batch(List<BatchItem> items, BatchSemantic semantic) implements EvaluationsRequest {

        public Batch {
            items = List.copyOf(items);
        }
    }
}
