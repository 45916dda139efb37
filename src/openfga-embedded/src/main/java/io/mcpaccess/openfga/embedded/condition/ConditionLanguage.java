package io.mcpaccess.openfga.embedded.condition;

import io.mcpaccess.openfga.embedded.model.ParameterType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.projectnessie.cel.Env;
import org.projectnessie.cel.EnvOption;
import org.projectnessie.cel.ProgramOption;
import org.projectnessie.cel.checker.Decls;
import org.projectnessie.cel.common.types.Err;
import org.projectnessie.cel.common.types.ref.Val;
import org.projectnessie.cel.interpreter.functions.Overload;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Decl;
import org.projectnessie.cel.relocated.com.google.api.expr.v1alpha1.Type;

/** The Common Expression Language as OpenFGA's conditions have it: the standard library and IP addresses. */
final class ConditionLanguage {

    private static final Type IP_ADDRESS = Decls.newObjectType(IpAddress.TYPE_NAME);

    private ConditionLanguage() {}

    static Env environment(Map<String, ParameterType> parameters) {
        List<Decl> declarations = new ArrayList<>();
        parameters.forEach((name, type) -> declarations.add(Decls.newVar(name, celType(type))));
        declarations.add(Decls.newFunction(
                "in_cidr", Decls.newInstanceOverload("ipaddr_in_cidr", List.of(IP_ADDRESS, Decls.String), Decls.Bool)));
        declarations.add(Decls.newFunction(
                "ipaddress", Decls.newOverload("string_to_ipaddress", List.of(Decls.String), IP_ADDRESS)));
        return Env.newEnv(EnvOption.declarations(declarations));
    }

    static ProgramOption functions() {
        return ProgramOption.functions(
                Overload.binary("in_cidr", ConditionLanguage::inCidr),
                Overload.binary("ipaddr_in_cidr", ConditionLanguage::inCidr),
                Overload.unary("ipaddress", ConditionLanguage::ipAddress),
                Overload.unary("string_to_ipaddress", ConditionLanguage::ipAddress));
    }

    private static Val inCidr(Val address, Val cidr) {
        if (address instanceof IpAddress ip && cidr.value() instanceof String text) {
            return ip.inCidr(text);
        }
        return Err.noSuchOverload(address, "in_cidr", cidr);
    }

    private static Val ipAddress(Val text) {
        try {
            return text.value() instanceof String value
                    ? IpAddress.parse(value)
                    : Err.noSuchOverload(null, "ipaddress", text);
        } catch (IllegalArgumentException e) {
            return Err.newErr("%s", e.getMessage());
        }
    }

    private static Type celType(ParameterType type) {
        return switch (type.kind()) {
            case ANY -> Decls.Dyn;
            case BOOL -> Decls.Bool;
            case STRING -> Decls.String;
            case INT -> Decls.Int;
            case UINT -> Decls.Uint;
            case DOUBLE -> Decls.Double;
            case DURATION -> Decls.Duration;
            case TIMESTAMP -> Decls.Timestamp;
            case IPADDRESS -> IP_ADDRESS;
            case LIST -> Decls.newListType(celType(type.element().orElseThrow()));
            case MAP -> Decls.newMapType(Decls.String, celType(type.element().orElseThrow()));
        };
    }
}
