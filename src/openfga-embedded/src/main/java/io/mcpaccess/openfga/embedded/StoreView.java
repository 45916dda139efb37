package io.mcpaccess.openfga.embedded;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.evaluation.CheckEvaluation;
import io.mcpaccess.openfga.embedded.evaluation.Expansion;
import io.mcpaccess.openfga.embedded.evaluation.Found;
import io.mcpaccess.openfga.embedded.evaluation.ModelPlan;
import io.mcpaccess.openfga.embedded.evaluation.NeedsTimeException;
import io.mcpaccess.openfga.embedded.evaluation.ObjectSearch;
import io.mcpaccess.openfga.embedded.evaluation.PreparedCheck;
import io.mcpaccess.openfga.embedded.evaluation.Question;
import io.mcpaccess.openfga.embedded.evaluation.RelationPlan;
import io.mcpaccess.openfga.embedded.evaluation.RequestRules;
import io.mcpaccess.openfga.embedded.evaluation.UserSearch;
import io.mcpaccess.openfga.embedded.evaluation.UsersetTree;
import io.mcpaccess.openfga.embedded.problem.OpenFgaCode;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import io.mcpaccess.openfga.embedded.tuples.TupleView;
import io.mcpaccess.openfga.embedded.tuples.UserText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One model and one revision of the tuples: every question asked of the same object gets its answer from the same state
 * of the store, whatever is written meanwhile.
 *
 * <p>Immutable and thread-safe. Reading never waits for writing.
 */
public final class StoreView {

    /** More take longer to check and to index than a question takes. */
    private static final int FEW_CONTEXTUAL = 10;

    private final ModelPlan plan;
    private final TupleSnapshot snapshot;
    private final RequestRules rules;

    /**
     * A view.
     *
     * @param plan the model, compiled for the store of the snapshot
     * @param snapshot the tuples
     */
    public StoreView(ModelPlan plan, TupleSnapshot snapshot) {
        this.plan = plan;
        this.snapshot = snapshot;
        this.rules = new RequestRules(plan);
    }

    /**
     * The model.
     *
     * @return the plan
     */
    public ModelPlan plan() {
        return plan;
    }

    /**
     * The tuples.
     *
     * @return the snapshot
     */
    public TupleSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Whether a user has a relation to an object (OpenFGA, Check).
     *
     * @param request the question
     * @param timeLimit how long to look at most
     * @return the answer; never throws for what a request may hold
     */
    public CheckOutcome check(CheckRequest request, Duration timeLimit) {
        return check(request, timeLimit, false);
    }

    private CheckOutcome check(CheckRequest request, Duration timeLimit, boolean isAtOnce) {
        try {
            PreparedCheck prepared = prepare(request, timeLimit, isAtOnce);
            CheckEvaluation check = prepared.evaluation();
            if (check.isAllowed(prepared.object(), prepared.relation())) {
                return new CheckOutcome.Allowed();
            }
            return check.error() == null ? new CheckOutcome.Denied() : new CheckOutcome.Refused(check.error());
        } catch (OpenFgaException e) {
            return new CheckOutcome.Refused(e.error());
        }
    }

    /**
     * Makes a check ready for evaluation.
     *
     * @param request the question
     * @param timeLimit how long to look at most, from now
     * @return the check, for one thread
     * @throws OpenFgaException where OpenFGA refuses the request
     */
    public PreparedCheck prepare(CheckRequest request, Duration timeLimit) {
        return prepare(request, timeLimit, false);
    }

    private PreparedCheck prepare(CheckRequest request, Duration timeLimit, boolean isAtOnce) {
        TupleKey key = request.tuple();
        rules.checkQuestion(key);
        rules.checkContext(request.context());
        rules.checkContextual(request.contextualTuples(), OpenFgaCode.INVALID_TUPLE);
        Question question = question(request.context(), request.contextualTuples(), timeLimit, isAtOnce);
        UserText user = UserText.of(key.user());
        UserText object = UserText.of(key.object());
        return new PreparedCheck(
                question,
                object(question, user),
                relation(user),
                object(question, object),
                plan.relation(object.type(), key.relation()));
    }

    /**
     * Answers several questions, each on its own.
     *
     * @param requests the questions
     * @param timeLimit how long to look at most, for all together
     * @return as many answers, in the same order
     */
    public List<CheckOutcome> checkAll(List<CheckRequest> requests, Duration timeLimit) {
        long end = System.nanoTime() + timeLimit.toNanos();
        return requests.stream()
                .map(request -> check(request, Duration.ofNanos(end - System.nanoTime())))
                .toList();
    }

    /**
     * Answers several questions if that takes no time worth mentioning, for a thread that others wait for.
     *
     * @param requests the questions
     * @param timeLimit how long to look at most, for all together; passed by microseconds, or by one question
     * @return as many answers, in the same order; empty when one of them may take longer, and nobody has looked
     */
    public Optional<List<CheckOutcome>> checkAllAtOnce(List<CheckRequest> requests, Duration timeLimit) {
        long end = System.nanoTime() + timeLimit.toNanos();
        List<CheckOutcome> outcomes = new ArrayList<>(requests.size());
        try {
            for (CheckRequest request : requests) {
                long left = end - System.nanoTime();
                if (left <= 0 || request.contextualTuples().size() > FEW_CONTEXTUAL) {
                    return Optional.empty();
                }
                outcomes.add(check(request, Duration.ofNanos(left), true));
            }
            return Optional.of(outcomes);
        } catch (NeedsTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Finds the objects of a type to which a user has a relation (OpenFGA, ListObjects).
     *
     * @param user the user
     * @param relation the relation
     * @param type the type of the objects
     * @param context values for conditions
     * @param contextual tuples that count for this search alone
     * @param limit how many at most, at least 1
     * @param timeLimit how long to look at most
     * @return objects as {@code type:id}
     * @throws OpenFgaException where OpenFGA answers an error
     */
    public Found listObjects(
            String user,
            String relation,
            String type,
            Map<String, Object> context,
            List<StoredTuple> contextual,
            int limit,
            Duration timeLimit) {
        rules.checkContextual(contextual, OpenFgaCode.VALIDATION_ERROR);
        RelationPlan wanted = rules.relation(type, relation);
        rules.checkUser(user);
        rules.checkContext(context);
        Question question = question(context, contextual, timeLimit);
        UserText text = UserText.of(user);
        return new ObjectSearch(question, wanted, object(question, text), relation(text), limit).run();
    }

    /**
     * Finds the users who have a relation to an object (OpenFGA, ListUsers).
     *
     * @param object the object
     * @param relation the relation
     * @param filter the type of the users, or {@code type#relation} for usersets
     * @param context values for conditions
     * @param contextual tuples that count for this search alone
     * @param limit how many at most, at least 1
     * @param timeLimit how long to look at most
     * @return users in OpenFGA's text form; {@code type:*} among them when everyone of the type has the relation
     * @throws OpenFgaException where OpenFGA answers an error
     */
    public Found listUsers(
            String object,
            String relation,
            String filter,
            Map<String, Object> context,
            List<StoredTuple> contextual,
            int limit,
            Duration timeLimit) {
        rules.checkContextual(contextual, OpenFgaCode.VALIDATION_ERROR);
        int hash = filter.indexOf('#');
        UserText users = hash < 0
                ? new UserText(filter, "", "")
                : new UserText(filter.substring(0, hash), "", filter.substring(hash + 1));
        rules.checkFilter(users);
        UserText text = UserText.of(object);
        RelationPlan wanted = rules.relation(text.type(), relation);
        rules.checkObject(object, relation);
        rules.checkContext(context);
        Question question = question(context, contextual, timeLimit);
        return new UserSearch(question, users).run(object(question, text), wanted, limit);
    }

    /**
     * Takes a relation of an object apart, one level deep (OpenFGA, Expand).
     *
     * @param object the object
     * @param relation the relation
     * @param contextual tuples that count for this question alone
     * @return the tree
     * @throws OpenFgaException where OpenFGA answers an error
     */
    public UsersetTree expand(String object, String relation, List<StoredTuple> contextual) {
        if (object.isEmpty() || relation.isEmpty()) {
            throw new OpenFgaException(
                    OpenFgaCode.INVALID_EXPAND_INPUT,
                    "Invalid input. Make sure you provide an object and a relation",
                    OpenFgaError.About.REQUEST);
        }
        rules.checkContextual(contextual, OpenFgaCode.VALIDATION_ERROR);
        rules.checkObject(object, relation);
        Question question = question(Map.of(), contextual, Duration.ofSeconds(1));
        UserText text = UserText.of(object);
        return new Expansion(question).expand(object(question, text), plan.relation(text.type(), relation));
    }

    private Question question(Map<String, Object> context, List<StoredTuple> contextual, Duration timeLimit) {
        return question(context, contextual, timeLimit, false);
    }

    private Question question(
            Map<String, Object> context, List<StoredTuple> contextual, Duration timeLimit, boolean isAtOnce) {
        TupleView tuples = new TupleView(snapshot);
        if (!contextual.isEmpty()) {
            tuples.addContextual(contextual);
        }
        return new Question(plan, tuples, context, System.nanoTime() + timeLimit.toNanos(), isAtOnce);
    }

    private int object(Question question, UserText text) {
        return question.tuples().object(snapshot.symbols().find(text.type()), text.id());
    }

    private int relation(UserText user) {
        return user.isUserset() ? snapshot.symbols().find(user.relation()) : Symbols.NONE;
    }
}
