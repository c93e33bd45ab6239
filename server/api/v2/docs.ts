import { describeInstance } from '../openapi/describeInstance.ts';
import { docsRoutes, documentReply, notModified, sendDocument } from '../openapi/docsRoutes.ts';
import { type RenderedDocument, render } from '../openapi/render.ts';
import { type AnyRoute, route, signedIn, type WireFormat } from '../route.ts';

/**
 * The API docs of a base, and of the whole instance.
 * @param format the format these routes become part of
 * @param formats all formats
 */
export function v2DocsRoutes(
  format: () => WireFormat,
  formats: () => readonly WireFormat[],
): readonly AnyRoute[] {
  const documents = new Map<string | null, RenderedDocument>(); // by public address: in practice one
  const instance = route({
    id: 'v2-instance-openapi',
    method: 'GET',
    paths: ['/api/v2/meta/openapi.json'],
    summary: 'The OpenAPI document of every route of this instance',
    tag: 'API docs',
    access: signedIn('openApi'),
    target: 'none',
    reply: documentReply,
    otherReplies: notModified,
    run: (call) => {
      const { publicUrl } = call.core.settings;
      const document = documents.get(publicUrl) ?? render(describeInstance(formats(), { publicUrl }));
      documents.set(publicUrl, document);
      return sendDocument(call, document);
    },
  });
  return [
    ...docsRoutes({ name: 'v2', version: '2.0', basePath: '/api/v2/meta/bases/:baseId', format }),
    instance,
  ];
}
