# The proxy as one native executable, without a shell, as a user without rights. Configuration: mount it at /etc/haproxynet.
#   docker build -t haproxynet .
#   docker run -v ./haproxynet.json:/etc/haproxynet/haproxynet.json:ro -p 5050:5050 -p 9090:9090 haproxynet
# In the container, Admin.Endpoint has to be 0.0.0.0:9090 to be reached from outside. /readyz and /healthz are for the
# orchestrator's probes. packaging/build.sh makes a smaller image, without an engine.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
RUN apt-get update && apt-get install -y --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish src/HaProxyNet.Server -c Release --use-current-runtime -p:PublishAot=true -p:DebugType=none -p:StripSymbols=true -o /app \
    && rm -f /app/*.dbg /app/*.json

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
COPY --from=build /app/haproxynet /usr/bin/haproxynet
USER $APP_UID
EXPOSE 5050 9090
HEALTHCHECK --interval=10s --timeout=10s CMD ["/usr/bin/haproxynet", "ready"]
ENTRYPOINT ["/usr/bin/haproxynet"]
CMD ["run"]
