package io.mcpaccess.core.spi;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What our engine offers beyond AM's single {@code check}. All operations are asynchronous, bounded in time by the
 * engine, and may be called by any thread.
 */
public interface EngineOperations {

    /** The optional operation behind {@link #searchSubjects}. */
    String SEARCH_SUBJECT = "search/subject";

    /** The optional operation behind {@link #searchResources}. */
    String SEARCH_RESOURCE = "search/resource";

    /** The optional operation behind {@link #searchActions}. */
    String SEARCH_ACTION = "search/action";

    /**
     * What callers wait beyond the {@linkplain EngineTerms#deadline deadline}: an engine that keeps it says by itself why it has no answer, and gets
     * the time to say so.
     */
    Duration MARGIN = Duration.ofMillis(150);

    /**
     * Tells the engine in which domain it is asked. AM does not.
     *
     * @param domainId the domain's id
     */
    default void belongsTo(String domainId) {}

    /**
     * Decides questions on one state of the data.
     *
     * @param questions the questions
     * @return one decision a question, in the same order; failures are {@code false} with a reason code
     */
    CompletionStage<List<Decision>> evaluations(List<EvaluationRequest> questions);

    /**
     * What the administrator set for tool access, and how long an answer may take.
     *
     * @return the terms of this moment
     */
    CompletionStage<EngineTerms> terms();

    /**
     * Which of the optional operations this engine offers.
     *
     * @return names of operations, such as {@link #SEARCH_SUBJECT}
     */
    CompletionStage<Set<String>> offered();

    /**
     * Who may do something.
     *
     * @param subjectType the type of subjects looked for
     * @param action what they may do
     * @param resource to what
     * @param context facts for conditions
     * @return the subjects
     */
    CompletionStage<SearchPage> searchSubjects(
            String subjectType, Action action, Resource resource, Map<String, Object> context);

    /**
     * To what something may be done.
     *
     * @param subject who
     * @param action what
     * @param resourceType the type of resources looked for
     * @param context facts for conditions
     * @return the resources
     */
    CompletionStage<SearchPage> searchResources(
            Subject subject, Action action, String resourceType, Map<String, Object> context);

    /**
     * What a subject may do to a resource.
     *
     * @param subject who
     * @param resource to what
     * @param context facts for conditions
     * @return the actions
     */
    CompletionStage<SearchPage> searchActions(Subject subject, Resource resource, Map<String, Object> context);

    /**
     * Why a question is decided as it is.
     *
     * @param question the question
     * @return the explanation as JSON
     */
    CompletionStage<Map<String, Object>> explain(EvaluationRequest question);
}
