# The image of each deployable, made of the jar that Maven has built and tested:
#   docker build --build-arg SERVICE=order-service --build-arg PORT=8084 -t duka/order-service .

FROM eclipse-temurin:25-jdk AS parts
ARG SERVICE
WORKDIR /parts
COPY containers/Probe.java ./
RUN javac -d probe Probe.java
COPY ${SERVICE}/target/${SERVICE}-*.jar app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
WORKDIR /app
# What changes least comes first: a new release of a service shares all but the last two layers with the one before.
COPY --from=parts /parts/probe/ probe/
COPY --from=parts /parts/layers/dependencies/ ./
COPY --from=parts /parts/layers/spring-boot-loader/ ./
COPY --from=parts /parts/layers/snapshot-dependencies/ ./
COPY --from=parts /parts/layers/application/ ./
# A rehearsal of the start, here and not in a stage before, for the cache holds for these very files on this very JVM.
RUN --mount=type=bind,source=containers/training.properties,target=/training/application.properties \
    java -XX:AOTCacheOutput=app.aot -Xlog:aot=error -XX:+UseSerialGC \
      -Dspring.context.exit=onRefresh -Dspring.config.additional-location=/training/ -jar app.jar \
    && chmod a+r app.aot \
    && mkdir /data && chown 10001:10001 /data

ARG SERVICE
ARG PORT
ARG VERSION=development
ARG REVISION=unknown
LABEL org.opencontainers.image.title="duka/${SERVICE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV SERVER_PORT=${PORT}
EXPOSE ${PORT}
USER 10001:10001
# The heap begins large enough for the objects in the cache; where it is too small, the JVM does not start at all.
ENTRYPOINT ["java", "-XX:AOTCache=app.aot", "-XX:+UseSerialGC", "-XX:InitialRAMPercentage=25", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-jar", "app.jar"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=3m \
  CMD ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx16m", "-cp", "probe", "Probe"]
