package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.projectnessie.cel.Ast;
import org.projectnessie.cel.CEL;
import org.projectnessie.cel.Env;
import org.projectnessie.cel.EnvOption;
import org.projectnessie.cel.checker.Decls;
import org.projectnessie.cel.parser.Macro;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.CheckedExpr;

/** The Common Expression Language as OpenFGA's conditions have it. */
public final class Language {

    private Language() {}

    /**
     * Compiles an expression that gives a bool.
     *
     * @param expression the expression
     * @param parameters the names it may use, with their types
     * @param costLimit how much one evaluation may cost, in cel-go's units
     * @return the program
     * @throws InvalidExpressionException when OpenFGA would refuse the model for it
     */
    public static Program compile(String expression, Map<String, ParameterType> parameters, long costLimit) {
        CheckedExpr checked = check(expression, parameters);
        List<String> names = new ArrayList<>(parameters.keySet());
        Part root;
        try {
            root = new PartCompiler(checked, names).plan(checked.getExpr());
        } catch (EvaluationAbandonedException e) {
            throw new InvalidExpressionException(e.getMessage());
        }
        return new Program(root, names.toArray(String[]::new), costLimit);
    }

    private static CheckedExpr check(String expression, Map<String, ParameterType> parameters) {
        try {
            Env environment = Env.newCustomEnv(
                    EnvOption.declarations(Declarations.with(parameters)), EnvOption.macros(Macro.AllMacros));
            String escaped = WideCharacters.escaped(expression);
            ExpressionSyntax.check(escaped);
            Env.AstIssuesTuple parsed = environment.parse(escaped);
            if (parsed.hasIssues()) {
                throw Faults.of(parsed.getIssues().getErrors());
            }
            Ast tree = parsed.getAst();
            FunctionNames.check(tree.getExpr());
            Env.AstIssuesTuple compiled = environment.check(
                    new Ast(NullOperands.toTheRight(tree.getExpr()), tree.getSourceInfo(), tree.getSource()));
            if (compiled.hasIssues()) {
                throw Faults.of(compiled.getIssues().getErrors());
            }
            if (!Decls.Bool.equals(compiled.getAst().getResultType())) {
                throw new InvalidExpressionException("the expression gives something other than a bool");
            }
            CheckedExpr checked = CEL.astToCheckedExpr(compiled.getAst());
            MixedNumbers.check(checked);
            return checked;
        } catch (InvalidExpressionException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // The parser's own words are no help to the one who wrote the expression.
            throw new InvalidExpressionException("the expression cannot be read");
        }
    }
}
