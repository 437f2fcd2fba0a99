package duka.payment;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.matching.UrlPathPattern;
import com.jayway.jsonpath.JsonPath;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/** A provider of which a test says, order by order, what it answers. */
public class Provider {

    public static final WireMockServer SERVER =
            new WireMockServer(options().dynamicPort().containerThreads(100));

    static {
        SERVER.start();
    }

    private final UUID order;

    Provider(UUID order) {
        this.order = order;
    }

    static ResponseDefinitionBuilder says(String status, UUID order) {
        return says(status, order, "AUTHORIZED", null);
    }

    static ResponseDefinitionBuilder says(
            String status, UUID order, String authorizationStatus, String reason) {
        return aResponse()
                .withHeader("Content-Type", "application/json")
                .withBody(
                        """
                        {"status": "%s", "authorization_id": "auth_%s", "authorization_status": "%s",
                         "reason": %s, "action_url": %s}"""
                                .formatted(
                                        status,
                                        order,
                                        authorizationStatus,
                                        reason == null ? "null" : "\"" + reason + "\"",
                                        status.equals("PENDING") ? "\"http://approve\"" : "null"));
    }

    ResponseDefinitionBuilder yes() {
        return says("SUCCEEDED", order);
    }

    ResponseDefinitionBuilder no(String reason) {
        return says("REFUSED", order, "DECLINED", reason);
    }

    ResponseDefinitionBuilder pending() {
        return says("PENDING", order, "PENDING", null);
    }

    Provider authorize(ResponseDefinitionBuilder... answers) {
        return answer("authorize", answers);
    }

    Provider capture(ResponseDefinitionBuilder... answers) {
        return answer("capture", answers);
    }

    Provider voidIt(ResponseDefinitionBuilder... answers) {
        return answer("void", answers);
    }

    Provider refund(ResponseDefinitionBuilder... answers) {
        return answer("refunds", answers);
    }

    /** What it says when it is asked what it did. */
    Provider knows(String operation, ResponseDefinitionBuilder... answers) {
        inTurn("knows " + operation, () -> get(known(operation)), answers);
        return this;
    }

    Provider approvesEverything() {
        return authorize(yes()).capture(yes()).voidIt(yes()).refund(yes());
    }

    /** How often it was asked to do something. */
    int timesAsked(String operation) {
        return count(asking(operation));
    }

    Instant whenAsked(String operation) {
        return SERVER.findAll(asking(operation)).getFirst().getLoggedDate().toInstant();
    }

    /** How many things it was asked to do; for one that it is slow about, it is asked again. */
    long things(String operation) {
        return SERVER.findAll(asking(operation)).stream()
                .map(asked -> JsonPath.<String>read(asked.getBodyAsString(), "$.idempotency_key"))
                .distinct()
                .count();
    }

    /** How often it was asked what it had done. */
    int timesAskedAbout(String operation) {
        return count(getRequestedFor(known(operation)));
    }

    private Provider answer(String operation, ResponseDefinitionBuilder... answers) {
        inTurn(
                operation,
                () ->
                        operation.equals("authorize")
                                ? post(urlPathEqualTo("/v1/authorizations"))
                                        .withRequestBody(
                                                matchingJsonPath(
                                                        "$.reference", equalTo(order.toString())))
                                : post(path(operation)),
                answers);
        return this;
    }

    /** The last answer is given again and again. */
    private void inTurn(
            String what, Supplier<MappingBuilder> request, ResponseDefinitionBuilder... answers) {
        var scenario = what + " " + order;
        for (var turn = 0; turn < answers.length; turn++) {
            var stub = request.get().inScenario(scenario);
            stub.whenScenarioStateIs(turn == 0 ? "Started" : "turn " + turn);
            if (turn < answers.length - 1) {
                stub.willSetStateTo("turn " + (turn + 1));
            }
            SERVER.stubFor(stub.willReturn(answers[turn]));
        }
    }

    private RequestPatternBuilder asking(String operation) {
        return operation.equals("authorize")
                ? postRequestedFor(urlPathEqualTo("/v1/authorizations"))
                        .withRequestBody(matchingJsonPath("$.reference", equalTo(order.toString())))
                : postRequestedFor(path(operation));
    }

    private UrlPathPattern path(String operation) {
        return urlPathEqualTo("/v1/authorizations/auth_%s/%s".formatted(order, operation));
    }

    private UrlPathPattern known(String operation) {
        return urlPathMatching("/v1/operations/%s(:|%%3A)%s(:|%%3A)1".formatted(order, operation));
    }

    private static int count(RequestPatternBuilder pattern) {
        return SERVER.countRequestsMatching(pattern.build()).getCount();
    }
}
