package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.Set;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Expr;

/** Looks for calls of functions that are not there, for which the type checker has no words. */
final class FunctionNames {

    private static final Set<String> MACROS = Set.of("all", "exists", "exists_one", "filter", "map");

    private FunctionNames() {}

    /** Throws InvalidExpressionException for the first unknown function. */
    static void check(Expr expression) {
        switch (expression.getExprKindCase()) {
            case CALL_EXPR -> call(expression.getCallExpr());
            case SELECT_EXPR -> check(expression.getSelectExpr().getOperand());
            case LIST_EXPR -> expression.getListExpr().getElementsList().forEach(FunctionNames::check);
            case STRUCT_EXPR ->
                expression.getStructExpr().getEntriesList().forEach(entry -> {
                    if (entry.hasMapKey()) {
                        check(entry.getMapKey());
                    }
                    check(entry.getValue());
                });
            case COMPREHENSION_EXPR -> loop(expression.getComprehensionExpr());
            default -> {
                // Constants and names call nothing.
            }
        }
    }

    private static void call(Expr.Call call) {
        if (!Functions.isKnown(call.getFunction())) {
            throw new InvalidExpressionException(
                    MACROS.contains(call.getFunction())
                            ? "'" + call.getFunction() + "' takes a name and an expression, as in list."
                                    + call.getFunction() + "(item, item > 1)"
                            : "there is no function '" + call.getFunction() + "'");
        }
        if (call.hasTarget()) {
            check(call.getTarget());
        }
        call.getArgsList().forEach(FunctionNames::check);
    }

    private static void loop(Expr.Comprehension loop) {
        check(loop.getIterRange());
        check(loop.getAccuInit());
        check(loop.getLoopCondition());
        check(loop.getLoopStep());
        check(loop.getResult());
    }
}
