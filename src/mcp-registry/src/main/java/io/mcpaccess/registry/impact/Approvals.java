package io.mcpaccess.registry.impact;

import io.mcpaccess.registry.impact.Places.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What users have to approve anew: the scopes that a tool needs after a change and did not need before, and the scopes that a new
 * tool shares with one that users may have approved already.
 */
final class Approvals {

    private Approvals() {}

    static List<Impact.Approval> of(List<Place> places) {
        Set<String> known = new HashSet<>();
        places.forEach(place -> place.before()
                .ifPresent(sideTool -> known.addAll(sideTool.tool().scopes())));
        List<Impact.Approval> approvals = new ArrayList<>();
        for (Place place : places) {
            if (place.after().isEmpty()) {
                continue;
            }
            List<String> scopes = place.after().get().tool().scopes();
            if (place.before().isEmpty()) {
                added(place, scopes, known, approvals);
            } else {
                changed(place, place.before().get().tool().scopes(), scopes, approvals);
            }
        }
        return approvals;
    }

    private static void added(Place place, List<String> scopes, Set<String> known, List<Impact.Approval> approvals) {
        if (scopes.isEmpty()) {
            return;
        }
        boolean isShared = known.containsAll(scopes);
        approvals.add(approval(
                place,
                scopes,
                isShared
                        ? "The tool is new behind scopes that users may have approved for others: they approve them anew"
                        : "The tool is new: users approve it before its first call"));
    }

    private static void changed(Place place, List<String> was, List<String> is, List<Impact.Approval> approvals) {
        Set<String> added = new LinkedHashSet<>(is);
        was.forEach(added::remove);
        if (!added.isEmpty()) {
            approvals.add(approval(
                    place, List.copyOf(added), "The tool needs more than tokens carry now: users approve it anew"));
        } else if (is.size() < was.size()) {
            Set<String> dropped = new LinkedHashSet<>(was);
            is.forEach(dropped::remove);
            approvals.add(approval(
                    place,
                    List.of(),
                    "Tokens without " + String.join(" ", dropped) + " open the tool from now on: nobody is asked"));
        }
    }

    private static Impact.Approval approval(Place place, List<String> scopes, String reason) {
        return new Impact.Approval(
                place.any().server().name(), place.any().tool().key(), scopes, reason);
    }
}
