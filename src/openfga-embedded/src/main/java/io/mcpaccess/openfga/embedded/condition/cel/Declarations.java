package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.projectnessie.cel.checker.Checker;
import org.projectnessie.cel.checker.Decls;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Decl;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Decl.FunctionDecl.Overload;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Type;

/** The names that an expression may use, with their types: cel-go's standard library, OpenFGA's addresses, parameters. */
final class Declarations {

    private static final Type ADDRESS = Decls.newObjectType(IpAddress.TYPE_NAME);
    private static final Type ANY_A = Decls.newTypeParamType("A");

    /** The library declares these otherwise than cel-go 0.31. */
    private static final Set<String> REPLACED = Set.of("_==_", "_!=_", "matches", "in");

    /** cel-go's order, where the library has another: the first that fits says what a value of an unknown type is. */
    private static final Map<String, String> ORDER = Map.ofEntries(
            Map.entry(
                    "_+_",
                    "add_bytes add_double add_duration_duration add_duration_timestamp add_timestamp_duration add_int64"
                            + " add_list add_string add_uint64"),
            Map.entry("_/_", "divide_double divide_int64 divide_uint64"),
            Map.entry("_*_", "multiply_double multiply_int64 multiply_uint64"),
            Map.entry("-_", "negate_double negate_int64"),
            Map.entry(
                    "_-_",
                    "subtract_double subtract_duration_duration subtract_int64 subtract_timestamp_duration"
                            + " subtract_timestamp_timestamp subtract_uint64"),
            Map.entry("size", "size_bytes bytes_size size_list list_size size_map map_size size_string string_size"),
            Map.entry("double", "double_to_double int64_to_double string_to_double uint64_to_double"),
            Map.entry("duration", "duration_to_duration string_to_duration"),
            Map.entry(
                    "int",
                    "int64_to_int64 double_to_int64 duration_to_int64 string_to_int64 timestamp_to_int64"
                            + " uint64_to_int64"),
            Map.entry(
                    "string",
                    "string_to_string bool_to_string bytes_to_string double_to_string duration_to_string"
                            + " int64_to_string timestamp_to_string uint64_to_string"),
            Map.entry("timestamp", "timestamp_to_timestamp int64_to_timestamp string_to_timestamp"),
            Map.entry("uint", "uint64_to_uint64 double_to_uint64 int64_to_uint64 string_to_uint64"));

    private static final List<Decl> FIXED = fixed();

    private Declarations() {}

    static List<Decl> with(Map<String, ParameterType> parameters) {
        List<Decl> all = new ArrayList<>(FIXED);
        parameters.forEach((name, type) -> all.add(Decls.newVar(name, typeOf(type))));
        return all;
    }

    private static List<Decl> fixed() {
        List<Decl> all = new ArrayList<>();
        Checker.StandardDeclarations.stream()
                .filter(each -> !REPLACED.contains(each.getName()))
                .map(each -> MixedNumbers.isOrder(each) ? MixedNumbers.extended(each) : each)
                .forEach(each ->
                        all.add(each.hasFunction() && ORDER.containsKey(each.getName()) ? ordered(each) : each));
        all.add(equality("_==_", "equals"));
        all.add(equality("_!=_", "not_equals"));
        List<Type> texts = List.of(Decls.String, Decls.String);
        all.add(Decls.newFunction(
                "matches",
                Decls.newOverload("matches", texts, Decls.Bool),
                Decls.newInstanceOverload("matches_string", texts, Decls.Bool)));
        all.add(Decls.newFunction(
                "in_cidr", Decls.newInstanceOverload("ipaddr_in_cidr", List.of(ADDRESS, Decls.String), Decls.Bool)));
        all.add(Decls.newFunction(
                "ipaddress", Decls.newOverload("string_to_ipaddress", List.of(Decls.String), ADDRESS)));
        return List.copyOf(all);
    }

    /** What cel-go does not have is left out. */
    private static Decl ordered(Decl function) {
        List<Overload> overloads = new ArrayList<>();
        for (String id : ORDER.get(function.getName()).split(" ")) {
            function.getFunction().getOverloadsList().stream()
                    .filter(each -> each.getOverloadId().equals(id))
                    .forEach(overloads::add);
        }
        return Decls.newFunction(function.getName(), overloads);
    }

    private static Decl equality(String name, String overload) {
        return Decls.newFunction(
                name, Decls.newParameterizedOverload(overload, List.of(ANY_A, ANY_A), Decls.Bool, List.of("A")));
    }

    private static Type typeOf(ParameterType type) {
        return switch (type.kind()) {
            case ANY -> Decls.Any;
            case BOOL -> Decls.Bool;
            case STRING -> Decls.String;
            case INT -> Decls.Int;
            case UINT -> Decls.Uint;
            case DOUBLE -> Decls.Double;
            case DURATION -> Decls.Duration;
            case TIMESTAMP -> Decls.Timestamp;
            case IPADDRESS -> ADDRESS;
            case LIST -> Decls.newListType(typeOf(type.element().orElseThrow()));
            case MAP -> Decls.newMapType(Decls.String, typeOf(type.element().orElseThrow()));
        };
    }
}
