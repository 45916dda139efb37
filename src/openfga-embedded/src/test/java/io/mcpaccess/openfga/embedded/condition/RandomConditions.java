package io.mcpaccess.openfga.embedded.condition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes conditions at random: an expression of any type that conditions know, now and then one that is not well typed, and a
 * context for its parameters, now and then one that does not fit.
 */
final class RandomConditions {

    /** Every parameter that an expression may name, with its type. */
    private static final Map<String, String> PARAMETERS = parameters();

    private static final Pattern NAME = Pattern.compile("(?<![\\w.'\"])[a-z]\\w?(?![\\w(:'\"])");
    private static final int LONGEST = 480;

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "b",
            "ab",
            "abc",
            "A",
            "é",
            "e\u0301",
            "\ud83d\ude00",
            "\uE000",
            "1",
            "-1",
            "5",
            "1.5",
            "0x5",
            "1_000",
            "true",
            "T",
            "1h",
            "90s",
            "1d",
            "1.5h",
            "-1m30s",
            "2024-02-29T23:30:00Z",
            "2024-02-29t23:30:00z",
            "UTC",
            "CET",
            "Europe/Berlin",
            "+05:30",
            "-05:00",
            "24:00",
            "10.0.0.1",
            "10.0.0.0/8",
            "::1",
            "NaN",
            "Inf",
            "1e400",
            "x-y",
            " a ",
            "eu-west-1",
            "tool_1",
            "k",
            "aaa",
            "(",
            "[a-z]+",
            "^a*$",
            "\\d+");
    private static final List<String> PATTERNS = List.of(
            "a",
            "^a+$",
            "[[:alpha:]]+",
            "(?P<n>a)",
            "(?<n>a)",
            "(?i)AB",
            "a{2,3}",
            "a{1001}",
            "(a)\\\\1",
            "(?=a)",
            "[^a]",
            "\\\\d+",
            "\\\\bab\\\\b",
            "\\\\pL+",
            "\\\\p{Greek}",
            "a**",
            "(",
            "[a",
            "x*?",
            ".",
            "^$",
            "(?s).",
            "\\\\Qa.\\\\E",
            "\\\\x{1F600}",
            "\\\\z",
            "\\\\Z",
            "\\\\A",
            "a|b|",
            "(a|b)*c",
            "[a-c&&b]",
            "\\\\h",
            "\\\\R",
            "(?>a)",
            "a++",
            "[]a]",
            "[^]a]",
            "\\\\C",
            "(?U)a+");
    private static final List<String> ZONES = List.of(
            "UTC",
            "",
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kolkata",
            "CET",
            "EST",
            "EST5EDT",
            "europe/berlin",
            "+02:00",
            "02:00",
            "-05:30",
            "-00:30",
            "24:00",
            "+23:59",
            "1:60",
            "5",
            "Z",
            "GMT+1",
            "Etc/GMT+5",
            "Local",
            "ROC",
            "+1:2:3",
            ":30",
            "+:30",
            "-1:5");
    private static final List<String> TIMES = List.of(
            "2024-02-29T23:30:00Z",
            "2024-03-10T02:30:00-05:00",
            "1969-12-31T23:59:59.5Z",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "2024-12-31T23:30:00+05:30",
            "2024-03-31T01:00:00Z",
            "2024-01-01T00:00:00.000000001Z",
            "2024-02-29T3:30:00Z",
            "2024-02-29T23:30:00,5Z",
            "2023-02-29T00:00:00Z",
            "2024-02-29T24:00:00Z",
            "2024-02-29",
            "2024-02-29T23:30:00+24:00",
            "0000-01-01T00:00:00Z",
            "2024-06-30T23:59:60Z",
            "2024-02-29T23:30:00.1234567891Z");
    private static final List<String> SPANS = List.of(
            "0",
            "0s",
            "1h",
            "90m",
            "-90s",
            "1.5h",
            "1500ms",
            "1us",
            "1µs",
            "1ns",
            "2562047h47m16.854775807s",
            "-2562047h47m16.854775808s",
            "1h1m1s1ms",
            "1d",
            "1",
            "1e3s",
            ".5s",
            "1.s",
            "+5s",
            "- 5s",
            "9223372036854775808ns",
            "0.000000001s",
            "100h0.999999999s",
            "");
    private static final List<String> ADDRESSES = List.of(
            "10.1.2.3",
            "::ffff:10.1.2.3",
            "::1",
            "2001:db8::1",
            "010.1.2.3",
            "1.2.3",
            "fe80::1%eth0",
            "::ffff:1.2.3.4%x",
            "",
            "1.2.3.4/8",
            "::",
            "2001:DB8:0:0::1");
    private static final List<String> NETWORKS = List.of(
            "10.0.0.0/8",
            "10.1.2.3/32",
            "::/0",
            "0.0.0.0/0",
            "2001:db8::/32",
            "::ffff:10.0.0.0/104",
            "::ffff:10.0.0.0/95",
            "10.0.0.0",
            "10.0.0.0/33",
            "10.0.0.0/08",
            "fe80::%eth0/10",
            "x/8");
    private static final List<String> GETTERS = List.of(
            "getFullYear",
            "getMonth",
            "getDayOfYear",
            "getDayOfMonth",
            "getDate",
            "getDayOfWeek",
            "getHours",
            "getMinutes",
            "getSeconds",
            "getMilliseconds");

    private final Random random;

    RandomConditions(Random random) {
        this.random = random;
    }

    private static Map<String, String> parameters() {
        Map<String, String> all = new LinkedHashMap<>();
        String[] each = {
            "s string",
            "p string",
            "x int",
            "y int",
            "u uint",
            "v uint",
            "d double",
            "e double",
            "b bool",
            "t timestamp",
            "q timestamp",
            "w duration",
            "z duration",
            "ip ipaddress",
            "l list<string>",
            "li list<int>",
            "lt list<timestamp>",
            "m map<string>",
            "mi map<int>",
            "a any",
            "c any",
            "ma map<any>",
            "la list<any>",
            "ml map<list<int>>"
        };
        for (String parameter : each) {
            all.put(parameter.split(" ")[0], parameter.split(" ")[1]);
        }
        return all;
    }

    /** The next condition. */
    ConditionCase next() {
        String expression;
        do {
            expression = of("bool", 1 + random.nextInt(4));
        } while (expression.length() > LONGEST);
        Map<String, String> named = new LinkedHashMap<>();
        Matcher names = NAME.matcher(expression);
        TreeSet<String> found = new TreeSet<>();
        while (names.find()) {
            if (PARAMETERS.containsKey(names.group())) {
                found.add(names.group());
            }
        }
        if (found.isEmpty()) {
            found.add("x");
        }
        Map<String, Object> context = new LinkedHashMap<>();
        for (String name : found) {
            named.put(name, PARAMETERS.get(name));
            if (random.nextInt(60) != 0) {
                context.put(name, json(random.nextInt(30) == 0 ? "any" : PARAMETERS.get(name), 2));
            }
        }
        return new ConditionCase(named, expression, context);
    }

    private String one(String... options) {
        return options[random.nextInt(options.length)];
    }

    private <T> T one(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }

    private String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private String anyType() {
        return one(
                "bool",
                "int",
                "uint",
                "double",
                "string",
                "bytes",
                "timestamp",
                "duration",
                "ip",
                "list",
                "map",
                "dyn",
                "null",
                "type");
    }

    private String of(String type, int depth) {
        String wanted = random.nextInt(70) == 0 ? anyType() : type;
        if (depth <= 0) {
            return leaf(wanted);
        }
        int less = depth - 1;
        if (random.nextInt(12) == 0) {
            return "(" + of("bool", less) + " ? " + of(wanted, less) + " : " + of(wanted, less) + ")";
        }
        return switch (wanted) {
            case "bool" -> bool(less);
            case "int" -> integer(less);
            case "uint" ->
                one(
                        leaf("uint"),
                        "(" + of("uint", less) + one(" + ", " - ", " * ", " / ", " % ") + of("uint", less) + ")",
                        "uint(" + of(one("int", "double", "string", "uint", "dyn"), less) + ")");
            case "double" ->
                one(
                        leaf("double"),
                        "(" + of("double", less) + one(" + ", " - ", " * ", " / ") + of("double", less) + ")",
                        "double(" + of(one("int", "double", "string", "uint", "dyn"), less) + ")",
                        "-" + of("double", less));
            case "string" ->
                one(
                        leaf("string"),
                        "(" + of("string", less) + " + " + of("string", less) + ")",
                        "string("
                                + of(
                                        one(
                                                "int",
                                                "double",
                                                "string",
                                                "uint",
                                                "dyn",
                                                "bool",
                                                "timestamp",
                                                "duration",
                                                "bytes"),
                                        less)
                                + ")",
                        "l[" + of("int", less) + "]",
                        "m[" + of("string", less) + "]",
                        "m.a");
            case "bytes" ->
                one(
                        leaf("bytes"),
                        "bytes(" + of(one("string", "bytes"), less) + ")",
                        "(" + of("bytes", less) + " + " + of("bytes", less) + ")");
            case "timestamp" ->
                one(
                        leaf("timestamp"),
                        "(" + of("timestamp", less) + one(" + ", " - ") + of("duration", less) + ")",
                        "(" + of("duration", less) + " + " + of("timestamp", less) + ")",
                        "timestamp(" + of(one("string", "int", "timestamp"), less) + ")",
                        "lt[" + of("int", less) + "]");
            case "duration" ->
                one(
                        leaf("duration"),
                        "(" + of("duration", less) + one(" + ", " - ") + of("duration", less) + ")",
                        "(" + of("timestamp", less) + " - " + of("timestamp", less) + ")",
                        "duration(" + of(one("string", "duration"), less) + ")");
            case "ip" -> one(leaf("ip"), "ipaddress(" + of("string", less) + ")");
            case "list" -> list(less);
            case "map" ->
                one(
                        leaf("map"),
                        "{" + quoted(one("a", "b", "k")) + ": " + of(anyType(), less) + "}",
                        "{" + of("int", less) + ": " + of("int", less) + ", 2: 3}",
                        "{}");
            case "dyn" ->
                one(
                        leaf("dyn"),
                        "dyn(" + of(anyType(), less) + ")",
                        "a[" + of(one("int", "string", "double", "uint", "dyn"), less) + "]",
                        "ma." + one("a", "b", "k"),
                        "ma[" + of("string", less) + "]",
                        "la[" + of("int", less) + "]",
                        "a.b",
                        "a.a.b",
                        of("list", less) + "[" + of("int", less) + "]",
                        "dyn(" + of("list", less) + ")[" + of(one("double", "uint", "string"), less) + "]");
            case "type" -> one("type(" + of(anyType(), less) + ")", leaf("type"));
            default -> leaf(wanted);
        };
    }

    private String bool(int less) {
        String type = anyType();
        return switch (random.nextInt(22)) {
            case 0, 1 -> "(" + of("bool", less) + one(" && ", " || ") + of("bool", less) + ")";
            case 2 -> "!" + of("bool", less);
            case 3, 4 -> "(" + of(type, less) + one(" == ", " != ") + of(type, less) + ")";
            case 5 -> "(" + of("dyn", less) + one(" == ", " != ", " < ", " >= ") + of(anyType(), less) + ")";
            case 6, 7 -> {
                String ordered =
                        one("int", "uint", "double", "string", "timestamp", "duration", "bool", "bytes", "dyn");
                yield "(" + of(ordered, less) + one(" < ", " <= ", " > ", " >= ") + of(ordered, less) + ")";
            }
            case 8 ->
                "("
                        + of(
                                one(
                                        "int",
                                        "string",
                                        "double",
                                        "uint",
                                        "bool",
                                        "bytes",
                                        "list",
                                        "dyn",
                                        "timestamp",
                                        "ip"),
                                less)
                        + " in " + of(one("list", "map", "dyn"), less) + ")";
            case 9 ->
                "(" + of(one("int", "string", "double"), less) + " in "
                        + one(
                                "[1, 2, 3]",
                                "['a', 'b']",
                                "[1.0, 2.5]",
                                "[1u, 2]",
                                "li",
                                "l",
                                "m",
                                "mi",
                                "la",
                                "[1, 'a', true]",
                                "[null]",
                                "[]")
                        + ")";
            case 10 ->
                of("string", less) + "." + one("startsWith", "endsWith", "contains") + "(" + of("string", less) + ")";
            case 11 ->
                one(
                        of("string", less) + ".matches(\"" + one(PATTERNS) + "\")",
                        "matches(" + of("string", less) + ", " + of("string", less) + ")",
                        "s.matches(p)");
            case 12 -> of("ip", less) + ".in_cidr(" + one(quoted(one(NETWORKS)), of("string", less)) + ")";
            case 13 -> "has(" + one("m.a", "ma.b", "a.b", "a.a.b", "ma.a.b", "{'a': x}.a", "c.k", "mi.a") + ")";
            case 14, 15 ->
                one("l", "li", "la", "lt", "m", "mi", "ma", "dyn(a)", "[1, 2, x]", "[d, 1.5]", "[u]", of("list", less))
                        + "." + one("all", "exists", "exists_one") + "(i, " + item(less) + ")";
            case 16 -> "bool(" + of(one("string", "bool", "dyn"), less) + ")";
            case 17 ->
                "(" + of("timestamp", less) + "." + one(GETTERS) + "("
                        + one("", "", quoted(one(ZONES)), of("string", less)) + ")" + one(" == ", " > ", " < ")
                        + of("int", less) + ")";
            case 18 ->
                "(" + of("duration", less) + "." + one("getHours", "getMinutes", "getSeconds", "getMilliseconds") + "()"
                        + one(" == ", " > ", " < ") + of("int", less) + ")";
            case 19 -> "(type(" + of(anyType(), less) + ")" + one(" == ", " != ") + leaf("type") + ")";
            default -> leaf("bool");
        };
    }

    private String item(int less) {
        return one(
                "i == " + of(anyType(), less),
                "i != 'a'",
                "i > 1",
                "i < x",
                "i" + one(" < ", " <= ", " > ", " >= ") + one("1.5", "1u", "d", "u", "-1", "y"),
                of(one("int", "uint", "double"), less)
                        + one(" < ", " <= ", " > ", " >= ")
                        + of(one("int", "uint", "double"), less),
                "i.startsWith(s)",
                "i in l",
                "size(i) > 1",
                "i.a == 1",
                "string(i) == s",
                "dyn(i) == " + of("dyn", less),
                "true",
                "i == i",
                of("bool", less));
    }

    private String integer(int less) {
        return switch (random.nextInt(9)) {
            case 0, 1 -> "(" + of("int", less) + one(" + ", " - ", " * ", " / ", " % ") + of("int", less) + ")";
            case 2 -> "-" + of("int", less);
            case 3 -> "size(" + of(one("string", "list", "map", "bytes", "dyn"), less) + ")";
            case 4 -> of(one("string", "list", "bytes"), less) + ".size()";
            case 5 -> "int(" + of(one("int", "double", "string", "uint", "timestamp", "duration", "dyn"), less) + ")";
            case 6 -> "li[" + of("int", less) + "]";
            case 7 -> one("mi.a", "mi[" + of("string", less) + "]", "ml.a[0]");
            default -> leaf("int");
        };
    }

    private String list(int less) {
        String type = anyType();
        return switch (random.nextInt(6)) {
            case 0 -> "[" + of(type, less) + ", " + of(type, less) + "]";
            case 1 -> "[" + of(anyType(), less) + "]";
            case 2 -> "(" + of("list", less) + " + " + of("list", less) + ")";
            case 3 -> one("l", "li", "la", "[1, 2, 3]", "m", "dyn(a)") + ".filter(i, " + item(less) + ")";
            case 4 ->
                one("l", "li", "la", "[1, 2, 3]", "m") + ".map(i, "
                        + one("i", "[i]", of(anyType(), less), "i == 1, i", "string(i)") + ")";
            default -> leaf("list");
        };
    }

    private String leaf(String type) {
        return switch (type) {
            case "bool" -> one("true", "false", "b", "b", "b", "(x == 1)", "(s == 'a')");
            case "int" ->
                one(
                        "0",
                        "1",
                        "2",
                        "-1",
                        "x",
                        "x",
                        "y",
                        "9223372036854775807",
                        "-9223372036854775808",
                        "9007199254740993",
                        "0x10",
                        "size(l)",
                        "t.getHours()");
            case "uint" -> one("0u", "1u", "u", "v", "18446744073709551615u", "9223372036854775808u");
            case "double" ->
                one(
                        "0.0",
                        "1.0",
                        "-1.5",
                        "d",
                        "e",
                        "1e21",
                        "1e-7",
                        "9007199254740993.0",
                        "1e308",
                        "100000.0",
                        "2.5",
                        "(0.0/0.0)",
                        "0.1",
                        "9.223372036854775807e18");
            case "string" ->
                one(
                        "s",
                        "s",
                        "p",
                        quoted(one(TEXTS)),
                        "'\\x41'",
                        "'\\u00e9'",
                        "'\\U0001F600'",
                        "r'\\d'",
                        "\"q\"",
                        "'''m'''");
            case "bytes" -> one("b''", "b'a'", "b'\\xff'", "b'\\303\\251'", "bytes(s)");
            case "timestamp" ->
                one(
                        "t",
                        "t",
                        "q",
                        "timestamp('2024-02-29T23:30:00Z')",
                        "timestamp('2024-01-01T00:00:00+02:00')",
                        "timestamp(0)",
                        "timestamp(" + quoted(one(TIMES)) + ")");
            case "duration" ->
                one("w", "w", "z", "duration('1h')", "duration('-90s')", "duration(" + quoted(one(SPANS)) + ")");
            case "ip" -> one("ip", "ip", "ipaddress('10.1.2.3')", "ipaddress(" + quoted(one(ADDRESSES)) + ")");
            case "list" ->
                one(
                        "l",
                        "li",
                        "lt",
                        "la",
                        "[]",
                        "[1, 2]",
                        "['a', 'b']",
                        "[1, 'a', 2.0]",
                        "[x, y]",
                        "[t, q]",
                        "[[1], [2]]");
            case "map" ->
                one("m", "mi", "ma", "{'a': 1}", "{1: 'a', 2: 'b'}", "{'a': x, 'b': y}", "{1u: 2}", "{true: 1}", "ml");
            case "dyn" ->
                one(
                        "a",
                        "a",
                        "c",
                        "ma.a",
                        "ma.k",
                        "la[0]",
                        "dyn(x)",
                        "dyn(d)",
                        "dyn(s)",
                        "dyn(u)",
                        "dyn(null)",
                        "dyn(ip)");
            case "null" -> "null";
            default ->
                one(
                        "int",
                        "string",
                        "bool",
                        "uint",
                        "double",
                        "bytes",
                        "list",
                        "map",
                        "null_type",
                        "type",
                        "google.protobuf.Timestamp",
                        "google.protobuf.Duration");
        };
    }

    private Object json(String type, int depth) {
        if (type.startsWith("list<")) {
            List<Object> items = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                items.add(json(type.substring(5, type.length() - 1), depth - 1));
            }
            return items;
        }
        if (type.startsWith("map<")) {
            Map<String, Object> entries = new LinkedHashMap<>();
            for (String key : List.of("a", "b", "k", "x-y")) {
                if (random.nextBoolean()) {
                    entries.put(key, json(type.substring(4, type.length() - 1), depth - 1));
                }
            }
            return entries;
        }
        return switch (type) {
            case "bool" -> random.nextBoolean();
            case "int" ->
                one(List.<Object>of(
                        0,
                        1,
                        2,
                        -1,
                        5,
                        -4,
                        23,
                        9007199254740993L,
                        1e19,
                        "7",
                        "1e3",
                        "1p3",
                        "9223372036854775807",
                        "-9223372036854775808",
                        "1.5",
                        2.5,
                        "+5",
                        "1.",
                        ".5e1",
                        "0x5",
                        "1_0",
                        "Inf",
                        "1e400",
                        "1e-400",
                        "9223372036854775806.5"));
            case "uint" -> one(List.<Object>of(0, 1, 2, 5, 1e19, "18446744073709551615", -1, "3", 1.5));
            case "double" ->
                one(List.<Object>of(
                        0,
                        1,
                        1.5,
                        -2.5,
                        1e21,
                        1e-7,
                        0.1,
                        "0.5",
                        "0.1",
                        "1e400",
                        "Inf",
                        "NaN",
                        "1.00000000000000000001",
                        9007199254740993L,
                        123456.789,
                        5e-324,
                        1e308,
                        -0.0));
            case "timestamp" -> one(TIMES);
            case "duration" -> one(SPANS);
            case "ipaddress" -> one(ADDRESSES);
            case "string" -> one(TEXTS);
            default -> {
                Object nothing = null;
                yield switch (random.nextInt(depth > 0 ? 8 : 5)) {
                    case 0 -> random.nextBoolean();
                    case 1 -> one(List.<Object>of(0, 1, 2, 1.5, -1, 9007199254740993L));
                    case 2, 3 -> one(TEXTS);
                    case 4 -> nothing;
                    case 5 -> json("list<any>", depth - 1);
                    default -> json("map<any>", depth - 1);
                };
            }
        };
    }
}
