package duka.web;

import static java.util.stream.Collectors.joining;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;

/** The refusals that many operations share, as the OpenAPI document has them: each once. */
enum CommonRefusal {
    INVALID(
            HttpStatus.BAD_REQUEST,
            "invalid-request",
            "Malformed or invalid: errors says where",
            "The request is not valid; errors says where."),
    UNAUTHENTICATED(
            HttpStatus.UNAUTHORIZED,
            "unauthenticated",
            "Not signed in, or the token is not good any more",
            "Sign in first."),
    FORBIDDEN(
            HttpStatus.FORBIDDEN,
            "forbidden",
            "Not for this role",
            "This is not for you with the roles you have."),
    NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "not-found",
            "Not there, or somebody else's",
            "There is nothing here."),
    TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE,
            "content-too-large",
            "The body is too large",
            "The body may have at most 2 MB."),
    OTHER_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "A body of another type is expected",
            "Content-Type 'text/plain' is not supported."),
    TOO_OFTEN(
            HttpStatus.TOO_MANY_REQUESTS,
            "too-many-requests",
            "Asked too often: Retry-After says when to come back",
            "Asked too often; come back in 20 seconds.");

    static final String PROBLEM = "Problem";

    private final HttpStatus status;
    private final String type;
    private final String description;
    private final String detail;

    CommonRefusal(HttpStatus status, String type, String description, String detail) {
        this.status = status;
        this.type = type;
        this.description = description;
        this.detail = detail;
    }

    String code() {
        return String.valueOf(status.value());
    }

    ApiResponse reference() {
        return new ApiResponse().$ref(componentName());
    }

    private String componentName() {
        return Arrays.stream(type.split("-")).map(StringUtils::capitalize).collect(joining());
    }

    static void describe(Components components) {
        components.addSchemas(PROBLEM, problem());
        Arrays.stream(values())
                .forEach(it -> components.addResponses(it.componentName(), it.response()));
    }

    static Content content() {
        return content(new MediaType());
    }

    private ApiResponse response() {
        return new ApiResponse()
                .description(description)
                .content(content(new MediaType().example(example())));
    }

    private static Content content(MediaType problem) {
        return new Content()
                .addMediaType(
                        org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        problem.schema(new Schema<>().$ref(PROBLEM)));
    }

    private Map<String, Object> example() {
        var example = new LinkedHashMap<String, Object>();
        example.put("type", "/problems/" + type);
        example.put("title", StringUtils.capitalize(type.replace('-', ' ')));
        example.put("status", status.value());
        example.put("detail", detail);
        example.put("instance", "/api/v1/cart/items");
        if (this == INVALID) {
            example.put("errors", Map.of("quantity", List.of("must be at least 1")));
        }
        return example;
    }

    private static Schema<?> problem() {
        var properties = new LinkedHashMap<String, Schema<?>>();
        properties.put("type", Schemas.of("string").example("/problems/out-of-stock"));
        properties.put("title", Schemas.of("string").example("Out of stock"));
        properties.put("status", Schemas.of("integer").example(409));
        properties.put("detail", Schemas.of("string").example("There are only 2 left."));
        properties.put("instance", Schemas.of("string").example("/api/v1/cart/items"));
        properties.put(
                "errors",
                Schemas.of("object")
                        .description("What is wrong with which field")
                        .additionalProperties(Schemas.of("array").items(Schemas.of("string")))
                        .example(Map.of("quantity", List.of("must be at least 1"))));
        var problem = Schemas.of("object").description("A refusal as RFC 9457 has it");
        properties.forEach(problem::addProperty);
        return problem;
    }
}
