package duka.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The OpenAPI document of a service, with what is the same in all of them. */
@AutoConfiguration(before = SpringDocConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
class DocumentConfiguration {

    private static final String BEARER = "bearer";

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Caller.class, Paging.class, IfMatch.class, Prefer.class);
    }

    @Bean
    OpenAPI document(Environment environment) {
        var components =
                new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT"));
        CommonRefusal.describe(components);
        return new OpenAPI()
                .info(
                        new Info()
                                .title(environment.getRequiredProperty("spring.application.name"))
                                .version("v1"))
                .servers(List.of(new Server().url("/")))
                .components(components)
                .security(
                        List.of(
                                new SecurityRequirement().addList(BEARER),
                                new SecurityRequirement())); // guests have their ways in too
    }

    @Bean
    MergePatchDocument mergePatchDocument() {
        return new MergePatchDocument();
    }

    @Bean
    GlobalOperationCustomizer sharedArguments() {
        return (operation, method) -> {
            for (var parameter : method.getMethodParameters()) {
                parametersOf(parameter.getParameterType()).forEach(operation::addParametersItem);
            }
            if (operation.getResponses() == null) {
                operation.setResponses(new ApiResponses());
            }
            operation
                    .getResponses()
                    .putIfAbsent(
                            ApiResponses.DEFAULT,
                            new ApiResponse()
                                    .description("Refused")
                                    .content(CommonRefusal.content()));
            return operation;
        };
    }

    @Bean
    GlobalOpenApiCustomizer sharedRules() {
        return api -> {
            api.getPaths()
                    .forEach(
                            (path, item) -> {
                                if (item.getPost() != null && !IdempotencyFilter.isExempt(path)) {
                                    item.getPost()
                                            .addParametersItem(
                                                    header(
                                                            IdempotencyFilter.KEY,
                                                            "Makes this safe to send again: the"
                                                                    + " same key gets the same"
                                                                    + " answer for 24 hours."));
                                }
                            });
            api.getPaths().values().stream()
                    .flatMap(item -> item.readOperations().stream())
                    .forEach(DocumentConfiguration::withParametersOnce);
            api.getPaths()
                    .forEach(
                            (path, item) ->
                                    item.readOperations()
                                            .forEach(operation -> withRefusals(path, operation)));
            api.getComponents().getSchemas().remove("Caller");
            api.getComponents().getSchemas().values().forEach(DocumentConfiguration::inSnakeCase);
            api.getComponents().getSchemas().forEach(Examples.ofAllModules()::addTo);
        };
    }

    private static List<Parameter> parametersOf(Class<?> type) {
        if (type == Paging.class) {
            return List.of(
                    query("page", "From 1", 1, null),
                    query("page_size", "How many on a page", Paging.DEFAULT, Paging.MOST));
        } else if (type == IfMatch.class) {
            return List.of(header("If-Match", "The ETag as it was read; 412 if it has changed"));
        } else if (type == Prefer.class) {
            return List.of(header("Prefer", "wait=N: rather wait N seconds for the outcome"));
        }
        return List.of();
    }

    /**
     * Springdoc takes an {@code Optional<Caller>} for something to send, and lists an argument
     * twice that two methods of one path and verb have.
     */
    private static void withParametersOnce(Operation operation) {
        if (operation.getParameters() == null) {
            return;
        }
        var sent = new LinkedHashMap<String, Parameter>();
        for (var parameter : operation.getParameters()) {
            if (!isCaller(parameter)) {
                sent.putIfAbsent(parameter.getIn() + " " + parameter.getName(), parameter);
            }
        }
        operation.setParameters(sent.isEmpty() ? null : List.copyOf(sent.values()));
    }

    private static boolean isCaller(Parameter parameter) {
        return parameter.getSchema() != null
                && "#/components/schemas/Caller".equals(parameter.getSchema().get$ref());
    }

    /** What any endpoint of its kind may answer; what is its own it says itself. */
    private static void withRefusals(String path, Operation operation) {
        var responses = operation.getResponses();
        responses.forEach(
                (status, response) -> {
                    if (status.startsWith("4") || status.startsWith("5")) {
                        response.setContent(CommonRefusal.content());
                    }
                });
        boolean hasBody = operation.getRequestBody() != null;
        if (hasBody || operation.getParameters() != null) {
            refusal(responses, CommonRefusal.INVALID);
        }
        refusal(responses, CommonRefusal.UNAUTHENTICATED);
        refusal(responses, CommonRefusal.FORBIDDEN);
        if (path.contains("{")) {
            refusal(responses, CommonRefusal.NOT_FOUND);
        }
        if (hasBody) {
            refusal(responses, CommonRefusal.TOO_LARGE);
            refusal(responses, CommonRefusal.OTHER_TYPE);
        }
        refusal(responses, CommonRefusal.TOO_OFTEN);
    }

    private static void refusal(ApiResponses responses, CommonRefusal refusal) {
        responses.putIfAbsent(refusal.code(), refusal.reference());
    }

    private static Parameter query(
            String name, String description, int dflt, @Nullable Integer most) {
        var schema = Schemas.of("integer");
        schema.setDefault(dflt);
        schema.setMinimum(BigDecimal.ONE);
        if (most != null) {
            schema.setMaximum(BigDecimal.valueOf(most));
        }
        return new QueryParameter().name(name).description(description).schema(schema);
    }

    private static Parameter header(String name, String description) {
        return new HeaderParameter()
                .name(name)
                .description(description)
                .schema(Schemas.of("string"));
    }

    /** As the JSON is; the document's own mapper does not know of it. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private static void inSnakeCase(Schema schema) {
        if (schema.getProperties() != null) {
            var renamed = new LinkedHashMap<String, Schema>();
            ((Map<String, Schema>) schema.getProperties())
                    .forEach((name, property) -> renamed.put(Invalid.snakeCase(name), property));
            schema.setProperties(renamed);
        }
        if (schema.getRequired() != null) {
            schema.setRequired(
                    ((List<String>) schema.getRequired())
                            .stream().map(Invalid::snakeCase).toList());
        }
    }
}
