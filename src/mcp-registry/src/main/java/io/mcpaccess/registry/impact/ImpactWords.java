package io.mcpaccess.registry.impact;

import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.registry.impact.Impact.Answer;
import io.mcpaccess.registry.impact.Impact.Change;
import io.mcpaccess.registry.impact.Impact.Shift;
import io.mcpaccess.registry.impact.Impact.ToolImpact;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Impacts in words. */
public final class ImpactWords {

    private static final int MOST_PHRASES = 5;

    private ImpactWords() {}

    /**
     * The whole in a sentence, such as "3 users gain refund_invoice; list_invoices closes for all".
     *
     * @param impact the impact
     * @return one line without a full stop at its end
     */
    public static String summary(Impact impact) {
        List<String> phrases = new ArrayList<>();
        impact.tools().forEach(tool -> phrases.addAll(phrases(tool)));
        impact.approvals().stream()
                .map(approval -> approval.scopes().isEmpty()
                        ? approval.tool() + " needs fewer scopes"
                        : "users approve " + approval.tool() + " anew")
                .forEach(phrases::add);
        if (phrases.isEmpty()) {
            return impact.complete()
                    ? "Nobody gains or loses a call"
                    : "No change was found, but not all was looked at";
        }
        String text = String.join("; ", phrases.subList(0, Math.min(MOST_PHRASES, phrases.size())));
        return phrases.size() > MOST_PHRASES ? text + "; and " + (phrases.size() - MOST_PHRASES) + " more" : text;
    }

    private static List<String> phrases(ToolImpact tool) {
        if (tool.closes()) {
            return List.of(tool.key() + " closes for all");
        }
        List<String> phrases = new ArrayList<>();
        for (Change change : Change.values()) {
            List<Shift> shifts = tool.shifts().stream()
                    .filter(shift -> shift.change() == change)
                    .toList();
            if (!shifts.isEmpty()) {
                phrases.add(phrase(shifts, change, tool.key()));
            }
        }
        return phrases;
    }

    private static String phrase(List<Shift> shifts, Change change, String tool) {
        Set<String> subjects = new LinkedHashSet<>();
        shifts.forEach(shift -> subjects.addAll(shift.subjects()));
        boolean everyone = shifts.stream().anyMatch(shift -> shift.everyone().isPresent());
        boolean isOne = !everyone && subjects.size() == 1;
        String who = everyone
                ? "everyone"
                : isOne ? name(subjects.iterator().next()) : subjects.size() + " " + kind(subjects);
        String verb = change.name().toLowerCase(Locale.ROOT);
        String does = isOne || everyone ? verb : verb.substring(0, verb.length() - 1);
        String what = change == Change.CHANGES ? " the condition of " + tool : " " + tool;
        return who + " " + does + what + conditions(shifts);
    }

    private static String kind(Set<String> subjects) {
        Set<String> types = new LinkedHashSet<>();
        subjects.forEach(subject -> types.add(subject.substring(0, subject.indexOf(':'))));
        return types.size() == 1 ? types.iterator().next() + "s" : "subjects";
    }

    /** Where all of them are let through under conditions. */
    private static String conditions(List<Shift> shifts) {
        Set<String> conditions = new LinkedHashSet<>();
        for (Shift shift : shifts) {
            boolean isConditional = shift.before() == Answer.CONDITIONAL || shift.after() == Answer.CONDITIONAL;
            if (!isConditional) {
                return "";
            }
            conditions.addAll(shift.conditions());
        }
        return conditions.isEmpty() ? "" : " if " + String.join(" or ", conditions);
    }

    /**
     * A subject for a person.
     *
     * @param subject {@code type:id}, encoded
     * @return the id alone for a user, else with its type
     */
    public static String name(String subject) {
        String id = Identifiers.decode(subject.substring(subject.indexOf(':') + 1));
        return subject.startsWith("user:") ? id : subject.substring(0, subject.indexOf(':') + 1) + id;
    }
}
