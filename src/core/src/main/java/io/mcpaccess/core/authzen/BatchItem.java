package io.mcpaccess.core.authzen;

/** One item of a batch: a question, or what is wrong with it (AuthZEN 1.0, section 7). */
public sealed interface BatchItem {

    /**
     * An item that can be asked, the defaults of the batch filled in.
     *
     * @param request the question
     */
    record Question(EvaluationRequest request) implements BatchItem {}

    /**
     * An item that lacks a required entity or holds a mistyped one; it is answered {@code false}, the others are asked.
     *
     * @param problem a sentence for the caller
     */
    record Incomplete(String problem) implements BatchItem {}
}
