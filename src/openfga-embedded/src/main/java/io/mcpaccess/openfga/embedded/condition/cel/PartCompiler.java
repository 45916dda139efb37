package io.mcpaccess.openfga.embedded.condition.cel;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.CheckedExpr;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Constant.ConstantKindCase;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Expr;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Reference;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Type;

/**
 * Makes the parts that are evaluated out of an expression that the parser and the type checker have gone through. What is
 * constant is evaluated here, once, as far as cel-go does so: that decides what is a fault of the model, and what costs.
 */
final class PartCompiler {

    private final Map<Long, Reference> references;
    private final Map<Long, Type> types;
    private final List<String> parameters;
    private final Deque<LoopNames> loops = new ArrayDeque<>();

    PartCompiler(CheckedExpr checked, List<String> parameters) {
        this.references = checked.getReferenceMapMap();
        this.types = checked.getTypeMapMap();
        this.parameters = parameters;
    }

    Part plan(Expr expression) {
        return switch (expression.getExprKindCase()) {
            case CONST_EXPR -> new Constant(expression.getId(), constant(expression.getConstExpr()));
            case IDENT_EXPR -> identifier(expression, expression.getIdentExpr().getName());
            case SELECT_EXPR -> selection(expression);
            case CALL_EXPR -> call(expression);
            case LIST_EXPR -> list(expression);
            case STRUCT_EXPR -> struct(expression);
            case COMPREHENSION_EXPR -> loop(expression);
            default -> throw new InvalidExpressionException("the expression is empty");
        };
    }

    private static Object constant(org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Constant constant) {
        ConstantKindCase kind = constant.getConstantKindCase();
        return switch (kind) {
            case NULL_VALUE -> Nothing.NULL;
            case BOOL_VALUE -> constant.getBoolValue();
            case INT64_VALUE -> constant.getInt64Value();
            case UINT64_VALUE -> new Uint(constant.getUint64Value());
            case DOUBLE_VALUE -> finite(constant.getDoubleValue());
            case STRING_VALUE -> constant.getStringValue();
            case BYTES_VALUE -> new Bytes(constant.getBytesValue().toByteArray());
            default -> throw new InvalidExpressionException("the expression has a constant of an unknown kind");
        };
    }

    private static Object finite(double written) {
        if (Double.isInfinite(written)) {
            throw new InvalidExpressionException("a number in the expression is too large for a double");
        }
        return written;
    }

    private Part identifier(Expr expression, String written) {
        Reference reference = references.get(expression.getId());
        String name = reference == null ? written : reference.getName();
        if (reference != null && reference.hasValue()) {
            return new Constant(expression.getId(), constant(reference.getValue()));
        }
        Type type = types.get(expression.getId());
        if (type != null && type.hasType()) {
            return new Constant(expression.getId(), new CelType(name));
        }
        int outwards = 0;
        for (LoopNames loop : loops) {
            int level = outwards;
            if (name.equals(loop.accumulator())) {
                return new AttributeNode(
                        new Path(expression.getId(), at -> at.outer(level).accumulated()));
            }
            if (name.equals(loop.item())) {
                return new AttributeNode(
                        new Path(expression.getId(), at -> at.outer(level).item()));
            }
            outwards++;
        }
        int index = parameters.indexOf(name);
        if (index < 0) {
            throw new InvalidExpressionException("'" + name + "' is no parameter of the condition");
        }
        return new AttributeNode(new Path(expression.getId(), at -> at.parameter(index)));
    }

    private Part selection(Expr expression) {
        Expr.Select select = expression.getSelectExpr();
        if (references.containsKey(expression.getId())) {
            return identifier(expression, select.getField());
        }
        Attribute attribute = attribute(plan(select.getOperand()));
        attribute.add(
                select.getTestOnly()
                        ? new Qualifier.Presence(expression.getId(), select.getField())
                        : new Qualifier.Fixed(expression.getId(), select.getField()));
        return new AttributeNode(attribute);
    }

    private static Attribute attribute(Part node) {
        return node instanceof AttributeNode known ? known.attribute() : new Path(node.id(), node::evaluate);
    }

    private Part call(Expr expression) {
        Expr.Call call = expression.getCallExpr();
        List<Part> planned = new ArrayList<>();
        if (call.hasTarget()) {
            planned.add(plan(call.getTarget()));
        }
        call.getArgsList().forEach(argument -> planned.add(plan(argument)));
        Part[] arguments = planned.toArray(Part[]::new);
        long id = expression.getId();
        return switch (call.getFunction()) {
            case "_&&_" -> new Logic(id, arguments, false);
            case "_||_" -> new Logic(id, arguments, true);
            case "_==_" -> new Equality(id, arguments, false);
            case "_!=_" -> new Equality(id, arguments, true);
            case "_?_:_" ->
                new AttributeNode(new Choice(id, arguments[0], attribute(arguments[1]), attribute(arguments[2])));
            case "_[_]" -> index(id, arguments);
            default -> function(id, call.getFunction(), arguments);
        };
    }

    private static Part index(long id, Part[] arguments) {
        Attribute attribute = attribute(arguments[0]);
        Part key = arguments[1];
        if (key instanceof Constant known) {
            if (!Qualifier.isKey(known.value())) {
                throw new InvalidExpressionException("nothing can be selected by a value of the type in brackets");
            }
            attribute.add(new Qualifier.Fixed(id, known.value()));
        } else if (key instanceof AttributeNode named) {
            attribute.add(new Qualifier.Computed(id, named.attribute(), true));
        } else {
            attribute.add(new Qualifier.Computed(id, new Path(id, key::evaluate), false));
        }
        return new AttributeNode(attribute);
    }

    private Part function(long id, String name, Part[] arguments) {
        Reference reference = references.get(id);
        String overload = reference != null && reference.getOverloadIdCount() == 1 ? reference.getOverloadId(0) : "";
        CelCall.Function function = Functions.find(name, arguments.length);
        if (function == null) {
            throw new InvalidExpressionException("there is no function '" + name + "'");
        }
        if (arguments.length == 1 && arguments[0] instanceof Constant known && Functions.isConversion(name)) {
            Object value = function.apply(known.value(), null);
            if (value instanceof Failure failure) {
                throw new InvalidExpressionException("in " + name + "(): " + failure.reason());
            }
            return new Constant(id, value);
        }
        if (name.equals("matches") && arguments[1] instanceof Constant known && known.value() instanceof String text) {
            return new CelCall(id, overload, arguments, matching(text));
        }
        if (overload.equals("in_list")
                && arguments[1] instanceof Constant known
                && known.value() instanceof CelList list) {
            Set<Object> set = Membership.setOf(list);
            if (list.items().isEmpty()) {
                return new Constant(id, false);
            }
            if (set != null) {
                return new Membership(id, arguments[0], set);
            }
        }
        return new CelCall(id, overload, arguments, function);
    }

    private static CelCall.Function matching(String pattern) {
        try {
            return Functions.matching(pattern);
        } catch (PatternSyntaxException e) {
            throw new InvalidExpressionException("in matches(): '" + pattern + "' is no regular expression of RE2");
        }
    }

    private Part list(Expr expression) {
        Part[] items = expression.getListExpr().getElementsList().stream()
                .map(this::plan)
                .toArray(Part[]::new);
        return folded(new ListLiteral(expression.getId(), items), items);
    }

    private Part struct(Expr expression) {
        if (!expression.getStructExpr().getMessageName().isEmpty()) {
            throw new InvalidExpressionException(
                    "messages such as '" + expression.getStructExpr().getMessageName() + "' are not known here");
        }
        List<Part> parts = new ArrayList<>();
        expression.getStructExpr().getEntriesList().forEach(entry -> {
            parts.add(plan(entry.getMapKey()));
            parts.add(plan(entry.getValue()));
        });
        Part[] all = parts.toArray(Part[]::new);
        return folded(new MapLiteral(expression.getId(), all), all);
    }

    private static Part folded(Part literal, Part[] parts) {
        for (Part part : parts) {
            if (!(part instanceof Constant)) {
                return literal;
            }
        }
        Object value = literal.evaluate(LoopScope.of(new Object[0], new Cost(Long.MAX_VALUE)));
        return new Constant(literal.id(), value);
    }

    private Part loop(Expr expression) {
        Expr.Comprehension parts = expression.getComprehensionExpr();
        Part initial = plan(parts.getAccuInit());
        Loop loop = new Loop(expression.getId(), plan(parts.getIterRange()), initial);
        loops.push(new LoopNames(parts.getIterVar(), parts.getAccuVar()));
        Part condition = plan(parts.getLoopCondition());
        Part step = plan(parts.getLoopStep());
        loops.pop();
        loops.push(new LoopNames("", parts.getAccuVar()));
        loop.complete(condition, step, plan(parts.getResult()));
        loops.pop();
        return loop;
    }

    private record LoopNames(String item, String accumulator) {}
}
