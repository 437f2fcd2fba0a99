package duka.messaging;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import duka.events.Event;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events to JSON and back. The names on the wire are the records' own: the sealed types are the
 * registry.
 */
public final class EventCodec {

    /** What arrived is no event as the contract has it. */
    public static class Undecodable extends IllegalArgumentException {

        Undecodable(String message) {
            super(message);
        }
    }

    private static final Map<String, Class<? extends Event>> TYPES =
            records(Event.class)
                    .distinct() // a record may belong to two sealed types
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    Class::getSimpleName, Function.identity()));

    private final JsonMapper json =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(Include.NON_NULL))
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .annotationIntrospector(new WhatIsNotNullableIsRequired())
                    .build();

    public static String typeOf(Event event) {
        return event.getClass().getSimpleName();
    }

    /** The types of all events of this kind. */
    static Set<String> typesOf(Class<? extends Event> kind) {
        return TYPES.entrySet().stream()
                .filter(type -> kind.isAssignableFrom(type.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Every type of event that there is. */
    public static Collection<Class<? extends Event>> types() {
        return TYPES.values();
    }

    public String write(Event event) {
        return json.writeValueAsString(event);
    }

    /**
     * Reads what was written by {@link #write}, by this release or by a newer one.
     *
     * @throws Undecodable if a required field is missing or a value is not of its type
     */
    public Event read(String type, byte @Nullable [] body) {
        var record = TYPES.get(type);
        if (record == null) {
            throw new Undecodable("unknown type " + type);
        }
        if (body == null) {
            throw new Undecodable("no body");
        }
        try {
            var event = json.readValue(body, record);
            if (event == null) {
                throw new Undecodable("no body");
            }
            return event;
        } catch (JacksonException e) {
            throw new Undecodable("no %s: %s".formatted(type, e.getOriginalMessage()));
        }
    }

    private static Stream<Class<? extends Event>> records(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(
                        type ->
                                type.isRecord()
                                        ? Stream.of(type.asSubclass(Event.class))
                                        : records(type));
    }

    /** Holds JSON to what the records say with JSpecify. */
    private static class WhatIsNotNullableIsRequired extends JacksonAnnotationIntrospector {

        @Override
        public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            return member instanceof AnnotatedParameter parameter
                    ? !isNullable(parameter)
                    : super.hasRequiredMarker(config, member);
        }

        @Override
        public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
            return annotated instanceof AnnotatedParameter parameter && !isNullable(parameter)
                    ? JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL)
                    : super.findSetterInfo(config, annotated);
        }

        private static boolean isNullable(AnnotatedParameter parameter) {
            return parameter.getOwner().getAnnotated() instanceof Executable constructor
                    && constructor.getAnnotatedParameterTypes()[parameter.getIndex()]
                            .isAnnotationPresent(Nullable.class);
        }
    }
}
